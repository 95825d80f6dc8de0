{{ pillar_table('legal') }}
