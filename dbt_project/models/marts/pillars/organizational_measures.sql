{{ pillar_table('organizational') }}
