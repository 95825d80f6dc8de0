{# The only place that ranks and tiers. Both look at scores that were rounded to 9 decimals before, so that
   floating point noise never parts two states. #}

{# Dense rank within the edition on the score to two decimals, for editions with rule dense_2dp; else null. #}
{% macro rank_of(score, rank_rule) -%}
    case
        when {{ rank_rule }} = 'dense_2dp' and {{ score }} is not null
            then cast(dense_rank() over (partition by edition order by round({{ score }}, 2) desc nulls last) as integer)
    end
{%- endmacro %}

{# The tier with the highest minimum that the score reaches, for editions with rule tiers; else null.
   `tiers` has the thresholds by edition. #}
{% macro tier_of(score, edition, rank_rule, tiers) -%}
    case
        when {{ rank_rule }} = 'tiers'
            then (
                select arg_max({{ tiers }}.tier, {{ tiers }}.minimum)
                from {{ tiers }}
                where {{ tiers }}.edition = {{ edition }} and {{ tiers }}.minimum <= {{ score }}
            )
    end
{%- endmacro %}
