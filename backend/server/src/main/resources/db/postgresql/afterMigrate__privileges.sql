-- Takes UPDATE, DELETE and TRUNCATE on every table marked 'append only' from everybody but the owner, and lets the
-- application draw from every sequence.
do $$
declare
    t record;
begin
    for t in
        select c.oid::regclass as name
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and n.nspname = current_schema() and obj_description(c.oid) like 'append only%'
    loop
        execute format('revoke update, delete, truncate on %s from public', t.name);
        if exists (select from pg_roles where rolname = 'zhitong_app') then
            execute format('revoke update, delete, truncate on %s from zhitong_app', t.name);
        end if;
    end loop;
    if exists (select from pg_roles where rolname = 'zhitong_app') then
        execute format('grant usage on all sequences in schema %I to zhitong_app', current_schema());
    end if;
end $$;
