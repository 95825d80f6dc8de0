{{ pillar_table('cooperation') }}
