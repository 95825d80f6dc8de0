-- Pillars, and what a pillar adds up, go together (Cronbach's alpha of 0.7 and more), or somebody has decided with a
-- note that they may go out all the same. An invented round says nothing of that, nor do few states.
with
low as (
    select
        coherence.edition,
        coherence.node,
        coherence.alpha
    from candidate.audit_coherence as coherence
    inner join seeds.editions as editions using (edition)
    inner join candidate.audit_summary as summary using (edition)
    where
        coherence.level in ('overall', 'pillar')
        and coherence.alpha < 0.7
        and editions.status != 'rehearsal'
        and summary.states >= 30
),

decided as (
    select
        edition,
        node
    from seeds.reviewed_coherence
    where trim(coalesce(note, '')) != '' and trim(coalesce(reviewer, '')) != ''
)

select
    edition,
    node,
    'alpha ' || round(low.alpha, 3) as found,
    'at least 0.7, or a decision low_alpha about it' as expected
from low
anti join decided using (edition, node)
