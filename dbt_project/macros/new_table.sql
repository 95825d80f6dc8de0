{# Tables of a file that holds nothing yet: made at once under their names, without looking for what they replace, with
   their comments in the same statement. dbt's own `table`, which looks, and asks for the columns of the table that it
   has just made, takes twice as long. In the lake it is needed: there others read meanwhile. #}
{% materialization new_table, adapter='duckdb', supported_languages=['sql', 'python'] %}
    {%- set relation = this.incorporate(type='table') -%}

    {%- call statement('main', language=model['language']) -%}
        {{ create_table_as(false, relation, compiled_code, model['language']) }}
        {{- comments_of_new_table(relation, model) }}
    {%- endcall -%}

    {%- do adapter.commit() -%}

    {{ return({'relations': [relation]}) }}
{% endmaterialization %}


{# The texts of the table and of its columns, where they are to be kept (persist_docs): the contract of such a model has
   held that its columns are those that are declared. #}
{% macro comments_of_new_table(relation, model) %}
    {%- if config.persist_relation_docs() and model.description %}
        {{- alter_relation_comment(relation, model.description) }}
    {%- endif %}
    {%- if config.persist_column_docs() %}
        {%- for column in model.columns.values() %}
    comment on column {{ relation }}.{{ adapter.quote(column.name) }} is {{ duckdb_escape_comment(column.description) }};
        {%- endfor %}
    {%- endif %}
{% endmacro %}
