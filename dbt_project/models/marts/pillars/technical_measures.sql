{{ pillar_table('technical') }}
