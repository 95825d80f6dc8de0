-- What rules share: everything that follows from the answers of the file under test and from the seeds, computed here
-- a second time, independently of the models. Statements run one by one; one that fails leaves its table out, and the
-- rules that need it fail and say so.

create schema recomputed;

-- Both missing, or both there and no further apart than that: for sums that should come out at a round number.
create macro near(found, expected, tolerance) as
    (found is null and expected is null) or coalesce(abs(found - expected) <= tolerance, false);
-- Both missing, or the value found is the one expected, rounded to its decimals as it is published. What was summed in
-- another order may lie on the other side where it is half-way between two values; nothing else is let pass.
create macro as_published(found, expected, decimals) as
    (found is null and expected is null)
    or coalesce(
        found in (
            round(expected - power(10, -decimals) / 100, decimals), round(expected + power(10, -decimals) / 100, decimals)
        ),
        false
    );
create macro is_score(found, expected) as as_published(found, expected, 9);

-- States that take part or did, by edition, and whether they do: of joining and leaving the later counts.
create table recomputed.ever_members as
select
    edition,
    iso3,
    coalesce(
        (
            select arg_max(events.event, (events.day, events.event))
            from seeds.round_events as events
            where (events.edition, events.iso3) = (ever.edition, ever.iso3) and events.event in ('joined', 'left')
        ),
        'joined'
    ) = 'joined' as takes_part
from (
    select edition, iso3 from seeds.membership
    union
    select edition, iso3 from seeds.round_events where event in ('joined', 'left')
) as ever;

create table recomputed.taking_part as
select edition, iso3 from recomputed.ever_members where takes_part;

-- Points that each expert allots to each leaf, in ten thousandths: whole numbers, so that sums are exact.
create table recomputed.units as
select
    allotted.edition,
    allotted.expert,
    leaf.pillar,
    leaf.level,
    leaf.parent,
    leaf.node,
    round(allotted.points::double * 10000)::bigint as units
from seeds.allotments as allotted
inner join seeds.framework as leaf using (edition, node);

-- The same for leaves and for the indicators above questions.
create table recomputed.allotted as
select edition, expert, pillar, level, parent, node, units, node as leaf from recomputed.units
union all
select edition, expert, pillar, 'indicator', pillar, parent, units, node from recomputed.units where level = 'question';

create table recomputed.weight_allotments as
select
    edition,
    expert,
    node,
    level,
    pillar,
    sum(units)::double / 10000 as points,
    case
        when level = 'indicator' then sum(units)::double / 10000
        else (sum(units)::double / 10000) / nullif((
            select sum(whole.units)::double / 10000
            from recomputed.units as whole
            where (whole.edition, whole.expert, whole.parent) = (one.edition, one.expert, any_value(one.parent))
        ), 0)
    end as weight
from recomputed.allotted as one
group by edition, expert, node, level, pillar;

create table recomputed.weight_spread as
select
    edition,
    node,
    level,
    pillar,
    count(*)::integer as experts,
    round(avg(points), 9) as mean,
    round(stddev_samp(points), 9) as standard_deviation,
    min(points) as minimum,
    max(points) as maximum
from recomputed.weight_allotments
group by edition, node, level, pillar;

-- Where the tree has no weights they are the experts' mean: an indicator's points, a question's share of them.
update seeds.framework as nodes
set weight = due.part::double / due.whole::double,
    weight_fraction = due.part // gcd(due.part, due.whole) || '/' || due.whole // gcd(due.part, due.whole)
from (
    select
        edition,
        node,
        sum(units)::bigint as part,
        case
            when any_value(level) = 'question' then (
                select sum(whole.units)
                from recomputed.units as whole
                where whole.edition = one.edition and whole.parent = any_value(one.parent)
            )
            else 10000 * count(distinct expert)
        end::bigint as whole
    from recomputed.allotted as one
    group by edition, node
) as due
where nodes.weight_numerator is null and (nodes.edition, nodes.node) = (due.edition, due.node);

-- Editions that the file holds data of.
create table recomputed.editions as
select
    held.edition,
    held.vintage,
    seeded.reference_year::integer as reference_year,
    seeded.item_level,
    seeded.rank_rule
from candidate.editions as held
inner join seeds.editions as seeded using (edition)
where held.vintage is not null;

-- Leaves of the frameworks with both their weights.
create table recomputed.items as
select
    edition,
    leaf.node as item,
    indicator.node as indicator,
    indicator.pillar,
    indicator.concept,
    indicator.weight as weight,
    case when leaf.level = 'question' then leaf.weight else 1 end as share
from seeds.framework as leaf
inner join seeds.editions as editions using (edition)
inner join seeds.framework as indicator using (edition)
where
    leaf.level = editions.item_level
    and indicator.level = 'indicator'
    and indicator.node = case when leaf.level = 'question' then leaf.parent else leaf.node end;

create table recomputed.members as
select
    edition,
    iso3
from recomputed.taking_part
inner join recomputed.editions using (edition);

create table recomputed.answers as
select
    members.edition,
    members.iso3,
    items.* exclude (edition),
    given.answer,
    items.weight * items.share * given.answer as points
from recomputed.members as members
inner join recomputed.items as items using (edition)
left join candidate.answers as given using (edition, iso3, item);

create table recomputed.indicators as
select
    edition,
    iso3,
    pillar,
    indicator,
    any_value(concept) as concept,
    any_value(weight) as weight,
    sum(share * answer order by item) as score,
    sum(points order by item) as points
from recomputed.answers
group by edition, iso3, pillar, indicator;

-- Pillar and overall scores, unrounded.
create table recomputed.dimensions as
select
    edition,
    iso3,
    coalesce(pillar, 'overall') as dimension,
    sum(points order by indicator, item) as score,
    count(answer)::integer as answered,
    count(*)::integer as items
from recomputed.answers
group by grouping sets ((edition, iso3, pillar), (edition, iso3));

create table recomputed.overall as
select
    scored.edition,
    scored.iso3,
    scored.score,
    scored.answered,
    scored.items,
    case
        when editions.rank_rule = 'dense_2dp' and scored.score is not null then dense_rank() over (
            partition by scored.edition order by round(round(scored.score, 9), 2) desc nulls last
        )
    end::integer as rank,
    case
        when editions.rank_rule = 'tiers' then (
            select min(tiers.tier::integer)
            from seeds.tiers as tiers
            where tiers.edition = scored.edition and round(scored.score, 9) >= tiers.minimum::double
        )
    end as tier
from recomputed.dimensions as scored
inner join recomputed.editions as editions using (edition)
where scored.dimension = 'overall';

-- The five wide tables and the pillar of each.
create table recomputed.wide_tables as
select * from (
    values
    ('legal_measures', 'legal'),
    ('technical_measures', 'technical'),
    ('organizational_measures', 'organizational'),
    ('capacity_development', 'capacity_development'),
    ('cooperation', 'cooperation')
) as wide_tables (table_name, pillar);

-- Editions of the same vintage as in the file published before: nothing of them may be different.
create table recomputed.unchanged as
select edition
from candidate.editions
inner join published.editions as before using (edition, vintage)
where vintage is not null;

-- Of these, the ones that were published with the members of their groups: they keep them, whatever the seeds say by now.
create table recomputed.kept as
select distinct edition
from published.group_members
where edition in (from recomputed.unchanged);

-- Members of each group on the last day of the reference year, of the groups composed of them, and of `all`.
create table recomputed.simple_groups as
select
    members.edition,
    groups.grouping,
    groups.member_group,
    members.iso3,
    groups.basis
from recomputed.members as members
inner join recomputed.editions as editions using (edition)
inner join seeds.member_state_groups as groups using (iso3)
where
    groups.valid_from::date <= make_date(editions.reference_year, 12, 31)
    and (groups.valid_to is null or groups.valid_to::date >= make_date(editions.reference_year, 12, 31));

create table recomputed.group_members as
select *
from published.group_members
where edition in (from recomputed.kept)
union all by name
select * from recomputed.simple_groups
where edition not in (from recomputed.kept)
union all by name
select
    members.edition,
    members.iso3,
    composed.grouping,
    composed.member_group,
    'composed' as basis
from recomputed.members as members
cross join (select distinct grouping, member_group from seeds.composed_groups) as composed
where
    members.edition not in (from recomputed.kept)
    and exists (
        select 1
        from seeds.composed_groups as parts
        where
            (parts.grouping, parts.member_group) = (composed.grouping, composed.member_group)
            and (
                (parts.part_grouping = 'state' and parts.part_member_group = members.iso3)
                or exists (
                    select 1
                    from recomputed.simple_groups as simple
                    where
                        (simple.edition, simple.iso3) = (members.edition, members.iso3)
                        and (simple.grouping, simple.member_group) = (parts.part_grouping, parts.part_member_group)
                )
            )
    )
union all by name
select
    edition,
    iso3,
    'all' as grouping,
    'all' as member_group,
    'member' as basis
from recomputed.members
where edition not in (from recomputed.kept);

-- Scores before and after rounding, and whether the state has data, as the file says (checked by rules of its own).
create table recomputed.with_data as
select
    dimensions.edition,
    dimensions.iso3,
    dimensions.dimension,
    dimensions.score as unrounded_score,
    round(dimensions.score, 9) as score,
    overall.respondent_status is distinct from 'no_data' as has_data,
    overall.respondent_status is not distinct from 'responded' as responded
from recomputed.dimensions as dimensions
left join candidate.overall_scores as overall using (edition, iso3);

-- Pairs of editions that are compared.
create table recomputed.pairs as
select
    earlier.edition as from_edition,
    later.edition as to_edition
from recomputed.editions as earlier
inner join recomputed.editions as later
    on (earlier.reference_year, earlier.edition) < (later.reference_year, later.edition);

-- Concepts that a dimension has in one of two editions only.
create table recomputed.moved_concepts as
select
    from_edition,
    to_edition,
    dimension,
    list_sort(list(concept) filter (where not in_later)) as gone,
    list_sort(list(concept) filter (where not in_earlier)) as new
from (
    select
        pairs.from_edition,
        pairs.to_edition,
        dimension,
        items.concept,
        bool_or(items.edition = pairs.from_edition) as in_earlier,
        bool_or(items.edition = pairs.to_edition) as in_later
    from recomputed.pairs as pairs
    inner join recomputed.items as items
        on items.edition in (pairs.from_edition, pairs.to_edition)
    cross join unnest([items.pillar, 'overall']) as dimensions (dimension)
    group by all
)
group by all;

-- Indicators with an answer that follows from a published score, as long as no reviewer and no return has set another: what
-- comes with evidence or a word of the sender is a return, also where it says the same.
create table recomputed.derived as
select distinct
    given.edition,
    given.iso3,
    places.pillar,
    places.indicator
from candidate.answers as given
inner join seeds.taken_over as taken using (edition, item)
inner join seeds.replayed as figures using (edition, iso3, item)
inner join recomputed.items as places using (edition, item)
where
    taken.origin = 'derived'
    and given.answer = figures.answer
    and given.evidence_url is null
    and given.comment is null
    and not contains(given.reason, 'changed')
    and not contains(given.reason, 'evidence');

-- Figures of every source for the editions of the file, and how far a figure may be off to be the same.
create table recomputed.printed as
select
    edition,
    iso3,
    dimension,
    source,
    figure,
    sources.tolerance::double as tolerance
from (
    select edition, iso3, dimension, source, published::double as figure from seeds.published_scores
    union all
    select edition, iso3, 'overall', source, score::double from seeds.published_history where source != 'data360'
)
inner join recomputed.editions using (edition)
inner join seeds.published_sources as sources using (edition, source)
where figure is not null;

-- What follows the activities in each edition of the file: the last word said of an edition up to it.
create table recomputed.gca_activity_status as
select
    editions.edition,
    said.activity,
    said.data_status,
    said.followed_by,
    said.source_needed
from recomputed.editions as editions
inner join seeds.gca_activity_status as said
    on
        said.from_edition = (
            select max(earlier.from_edition)
            from seeds.gca_activity_status as earlier
            where earlier.activity = said.activity and earlier.from_edition <= editions.edition
        );

create table recomputed.gca_activities as
select
    listed.activity,
    listed.guideline::integer as guideline,
    listed.pillar,
    listed.asks_en,
    said.followed_by,
    said.data_status,
    said.source_needed
from seeds.gca_activities as listed
inner join recomputed.gca_activity_status as said using (activity)
where said.edition = (select max_by(newest.edition, (newest.reference_year, newest.edition)) from recomputed.editions as newest);

-- What the register says of an indicator across two editions, beside how many scores it knows in each.
create table recomputed.indicator_comparability as
with told as (
    select edition, concept, pillar, indicator, count(distinct round(score, 9))::integer as known
    from recomputed.indicators
    group by edition, concept, pillar, indicator
)
select
    pairs.from_edition,
    pairs.to_edition,
    now.concept,
    now.pillar,
    before.indicator as from_indicator,
    now.indicator as to_indicator,
    ifnull(said.comparability, 'same_concept') as comparability,
    before.known as from_distinct_scores,
    now.known as to_distinct_scores,
    ifnull(said.reason, 'Nobody has judged yet whether the same was asked.') as reason
from recomputed.pairs as pairs
inner join told as before on before.edition = pairs.from_edition
inner join told as now on now.edition = pairs.to_edition and now.concept = before.concept
left join seeds.comparability as said
    on (said.from_edition, said.to_edition, said.concept) = (pairs.from_edition, pairs.to_edition, now.concept);

-- Editions that the seeds know and the file does not: not due in it unless they are published.
create table recomputed.not_yet as
select edition
from seeds.editions
where status != 'published' and edition not in (select held.edition from candidate.editions as held);

-- What the survey says of the states that have data, concept by concept and dimension by dimension.
create table recomputed.survey as
select
    edition,
    iso3,
    'concept' as subject,
    concept as about,
    indicator as item,
    round(scored.score, 9) as value
from recomputed.indicators as scored
inner join (select edition, iso3 from recomputed.with_data where dimension = 'overall' and has_data) as with_data
    using (edition, iso3)
where scored.score is not null
union all
select
    edition,
    iso3,
    'dimension' as subject,
    dimension as about,
    dimension as item,
    score as value
from recomputed.with_data
where has_data and score is not null;

-- What those states answered to single questions.
create table recomputed.questions as
select
    given.edition,
    given.iso3,
    'question' as subject,
    asked.concept as about,
    given.item,
    given.answer as value
from recomputed.answers as given
inner join seeds.framework as asked on (asked.edition, asked.node, asked.level) = (given.edition, given.item, 'question')
where
    given.answer is not null
    and (given.edition, given.iso3) in (select (known.edition, known.iso3) from recomputed.survey as known);

-- Editions of another vintage than in the file published before.
create table recomputed.moved as
select edition
from candidate.editions as given
full join published.editions as before using (edition)
where given.vintage is distinct from before.vintage;

-- Why partner data may be other than in the file published before: a release of it is the candidate, or has come since. As
-- long as there was none it goes along with the editions.
create table recomputed.partners_moved as
select 'the candidate' as why from run.subject where edition = 'partners'
union all
select 'released since' as why
from candidate.releases
where edition = 'partners' and vintage not in (select vintage from published.releases where edition = 'partners')
union all
select 'none before' as why
from recomputed.moved
where 'partners' not in (select edition from published.releases);

-- Reference data on which no edition hangs goes out with whatever is published next, and so does what other code makes of
-- the same inputs: then a partner release has been built as a whole.
create table recomputed.built_anew as
select 'the candidate' as why
from run.subject
cross join run.carries_over
where edition = 'partners' and not yes
union all
select 'released since' as why
from candidate.releases
anti join published.releases using (edition, vintage)
where
    edition = 'partners'
    and code_version != (select arg_max(before.code_version, before.published_at) from published.releases as before);

-- Rehearsals that the file holds nothing of: none of their weights and thresholds is due in it.
create table recomputed.left_out as
select edition
from seeds.editions
where status = 'rehearsal' and edition not in (select held.edition from recomputed.editions as held);

delete from recomputed.weight_allotments where edition in (from recomputed.left_out);
delete from recomputed.weight_spread where edition in (from recomputed.left_out);

create table recomputed.tiers as
select edition, tier::integer as tier, label_en, minimum::double as minimum, code
from seeds.tiers
where edition not in (from recomputed.left_out);

-- Names for people: states from their columns, concepts and codes from theirs, English ones of groups and tiers from where
-- these are listed.
create table recomputed.labels as
select 'concept' as kind, concept as code, language, label from seeds.concept_labels
union all
select kind, code, language, label from seeds.code_labels
union all
select grouping, member_group, 'en', label_en from seeds.groups
union all
select distinct 'tier', label_en, 'en', label_en from recomputed.tiers
union all
select
    'member_state',
    iso3,
    tongue.language,
    case tongue.language
        when 'en' then name_en when 'fr' then name_fr when 'es' then name_es
        when 'ar' then name_ar when 'zh' then name_zh when 'ru' then name_ru
    end
from seeds.member_states
cross join (select unnest(['en', 'fr', 'es', 'ar', 'zh', 'ru']) as language) as tongue;

-- Each score on the ladder of its own edition, and on those of later editions that were published.
create table recomputed.tier_positions as
select
    scored.edition,
    scored.iso3,
    ladder.edition as thresholds_of,
    scored.score,
    (
        select min(reached.tier) from recomputed.tiers as reached
        where reached.edition = ladder.edition and reached.minimum <= scored.score
    ) as tier,
    (
        select reached.label_en from recomputed.tiers as reached
        where reached.edition = ladder.edition and reached.minimum <= scored.score
        order by reached.tier limit 1
    ) as tier_label,
    (
        select max(higher.tier) from recomputed.tiers as higher
        where higher.edition = ladder.edition and higher.minimum > scored.score
    ) as next_tier,
    (
        select round(min(higher.minimum - scored.score), 9) from recomputed.tiers as higher
        where higher.edition = ladder.edition and higher.minimum > scored.score
    ) as points_to_next_tier,
    ladder.edition != scored.edition as recomputed,
    scored.edition in (
        select made_up.edition from candidate.returns_received as made_up where made_up.synthetic
    ) as synthetic
from candidate.overall_scores as scored
inner join recomputed.editions as own using (edition)
inner join seeds.editions as ladder
    on
        ladder.edition = own.edition
        or (
            ladder.status = 'published'
            and (ladder.reference_year::integer, ladder.edition) > (own.reference_year, own.edition)
        )
where ladder.edition in (select printed.edition from recomputed.tiers as printed);

-- One row per state as people ask for it. Its scores, who answered and which returns are invented are as the file says in
-- other tables, which rules of their own look at.
create table recomputed.index_overview as
select
    overall.edition,
    overall.iso3,
    states.name_en,
    states.itu_region,
    overall.tier,
    named.label_en as tier_label,
    overall.rank,
    given.score,
    (
        select scored.score
        from candidate.pillar_scores as scored
        where (scored.edition, scored.iso3, scored.pillar) = (overall.edition, overall.iso3, 'legal')
    ) as legal,
    (
        select scored.score
        from candidate.pillar_scores as scored
        where (scored.edition, scored.iso3, scored.pillar) = (overall.edition, overall.iso3, 'technical')
    ) as technical,
    (
        select scored.score
        from candidate.pillar_scores as scored
        where (scored.edition, scored.iso3, scored.pillar) = (overall.edition, overall.iso3, 'organizational')
    ) as organizational,
    (
        select scored.score
        from candidate.pillar_scores as scored
        where (scored.edition, scored.iso3, scored.pillar) = (overall.edition, overall.iso3, 'capacity_development')
    ) as capacity_development,
    (
        select scored.score
        from candidate.pillar_scores as scored
        where (scored.edition, scored.iso3, scored.pillar) = (overall.edition, overall.iso3, 'cooperation')
    ) as cooperation,
    given.respondent_status,
    overall.edition in (
        select made_up.edition from candidate.returns_received as made_up where made_up.synthetic
    ) as synthetic,
    (
        select string_agg(held.member_group, ' ' order by held.member_group)
        from recomputed.group_members as held
        where (held.edition, held.iso3, held.grouping) = (overall.edition, overall.iso3, 'development')
    ) as development,
    (
        select any_value(held.member_group)
        from recomputed.group_members as held
        where (held.edition, held.iso3, held.grouping) = (overall.edition, overall.iso3, 'income')
    ) as income,
    (
        select placed.points_to_next_tier
        from recomputed.tier_positions as placed
        where
            (placed.edition, placed.iso3, placed.thresholds_of)
            = (overall.edition, overall.iso3, overall.edition)
    ) as points_to_next_tier
from recomputed.overall as overall
inner join seeds.member_states as states using (iso3)
left join candidate.overall_scores as given
    on (given.edition, given.iso3) = (overall.edition, overall.iso3)
left join recomputed.tiers as named on (named.edition, named.tier) = (overall.edition, overall.tier);

create table recomputed.index_overview_in_languages as
select
    whole.edition,
    whole.iso3,
    tongue.language,
    max(named.label) filter (where named.kind = 'member_state') as member_state,
    max(named.label) filter (where named.kind = 'itu_region') as itu_region,
    whole.tier,
    max(named.label) filter (where named.kind = 'tier') as tier_label,
    whole.rank,
    whole.score,
    whole.legal,
    whole.technical,
    whole.organizational,
    whole.capacity_development,
    whole.cooperation,
    max(named.label) filter (where named.kind = 'respondent_status') as respondent_status,
    whole.synthetic,
    string_agg(named.label, '; ' order by named.code) filter (where named.kind = 'development') as development,
    max(named.label) filter (where named.kind = 'income') as income
from recomputed.index_overview as whole
cross join (select distinct language from recomputed.labels) as tongue
left join recomputed.labels as named
    on
        named.language = tongue.language
        and case named.kind
            when 'member_state' then named.code = whole.iso3
            when 'itu_region' then named.code = whole.itu_region
            when 'tier' then named.code = whole.tier_label
            when 'respondent_status' then named.code = whole.respondent_status
            when 'income' then named.code = whole.income
            when 'development' then list_contains(string_split(whole.development, ' '), named.code)
        end
group by all;
