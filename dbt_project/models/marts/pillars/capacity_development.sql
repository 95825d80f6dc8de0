{{ pillar_table('capacity_development') }}
