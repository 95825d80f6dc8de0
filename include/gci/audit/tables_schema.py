"""The columns of the audit's tables, with their types."""

from __future__ import annotations

import pyarrow as pa

_TEXT, _NUMBER, _COUNT, _TIER, _FLAG = pa.string(), pa.float64(), pa.int32(), pa.int8(), pa.bool_()


def _schema(**columns: pa.DataType) -> pa.Schema:
    return pa.schema([("edition", _TEXT), *columns.items()])


SCHEMAS = {
    "score_uncertainty": _schema(
        iso3=_TEXT,
        score=_NUMBER,
        score_q05=_NUMBER,
        score_median=_NUMBER,
        score_q95=_NUMBER,
        rank_q05=_NUMBER,
        rank_median=_NUMBER,
        rank_q95=_NUMBER,
        tier=_TIER,
        tier_probabilities=pa.list_(_NUMBER),
        tier_probability=_NUMBER,
        tier_sure=_FLAG,
        tier_best=_TIER,
        tier_worst=_TIER,
        rank_best=_COUNT,
        rank_worst=_COUNT,
        rank_best_alone=_COUNT,
        rank_worst_alone=_COUNT,
        to_next_cut=_NUMBER,
        above_cut=_NUMBER,
        changes_up=_COUNT,
        changes_down=_COUNT,
    ),
    "draws": _schema(draw=_COUNT, iso3=_TEXT, score=_NUMBER, tier=_TIER),
    "pair_probabilities": _schema(iso3=_TEXT, other=_TEXT, probability=_NUMBER, tied=_NUMBER),
    "fragility": _schema(
        iso3=_TEXT,
        direction=_TEXT,
        cut=_NUMBER,
        changes=_COUNT,
        step=_COUNT,
        item=_TEXT,
        answer_from=_NUMBER,
        answer_to=_NUMBER,
        gain=_NUMBER,
        score_after=_NUMBER,
    ),
    "method_scenarios": _schema(
        scenario=_COUNT,
        aggregation=_TEXT,
        pillar_weights=_TEXT,
        indicator_weights=_TEXT,
        partial=_TEXT,
        published=_FLAG,
        tiers_changed=_NUMBER,
        mean_rank_shift=_NUMBER,
    ),
    "method_sensitivity": _schema(outcome=_TEXT, factor=_TEXT, first_order=_NUMBER, shapley=_NUMBER, variance=_NUMBER),
    "left_out": _schema(
        node=_TEXT,
        level=_TEXT,
        tiers_changed=_COUNT,
        tiers_changed_share=_NUMBER,
        mean_rank_shift=_NUMBER,
        largest_rank_shift=_COUNT,
        spearman=_NUMBER,
    ),
    "importance": _schema(
        node=_TEXT,
        parent=_TEXT,
        level=_TEXT,
        weight=_NUMBER,
        importance=_NUMBER,
        importance_share=_NUMBER,
        variance_share=_NUMBER,
        ratio=_NUMBER,
    ),
    "coherence": _schema(
        node=_TEXT,
        level=_TEXT,
        children=_COUNT,
        alpha=_NUMBER,
        kr20=_NUMBER,
        mean_correlation=_NUMBER,
        items=_COUNT,
        alpha_items=_NUMBER,
        components=_COUNT,
        explained=_NUMBER,
    ),
    "correlations": _schema(
        node=_TEXT, other=_TEXT, level=_TEXT, relation=_TEXT, pearson=_NUMBER, spearman=_NUMBER, mark=_TEXT
    ),
    "principal_components": _schema(
        node=_TEXT, component=_COUNT, eigenvalue=_NUMBER, share=_NUMBER, cumulated=_NUMBER, kept=_FLAG
    ),
    "answer_distribution": _schema(
        item=_TEXT,
        answered=_COUNT,
        missing=_COUNT,
        mean=_NUMBER,
        sd=_NUMBER,
        floor=_NUMBER,
        ceiling=_NUMBER,
        skewness=_NUMBER,
        kurtosis=_NUMBER,
    ),
    "change_outliers": _schema(iso3=_TEXT, edition_before=_TEXT, change=_NUMBER, robust_z=_NUMBER, outlier=_FLAG),
    "audit_summary": _schema(
        replications=_COUNT,
        seed=pa.int64(),
        spread=_NUMBER,
        weights_from=_TEXT,
        states=_COUNT,
        tiers_always_kept=_COUNT,
        below_095=_COUNT,
        below_075=_COUNT,
        within_1_point=_COUNT,
        within_2_points=_COUNT,
        indistinct_points=_NUMBER,
        alpha=_NUMBER,
        sentence=_TEXT,
        uncertain_answers=_COUNT,
        partial_answers=_COUNT,
        missing_answers=_COUNT,
        unreviewed_answers=_COUNT,
        classes_without_reviews=_COUNT,
        largest_difference=_NUMBER,
    ),
}
