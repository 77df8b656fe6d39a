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

-- The second wall between communities: of a table with a community column the application sees and writes the rows of the community
-- that its connection was told, of all with '*', of none when it was told nothing. The owner, who migrates and restores, sees all.
do $$
declare
    t record;
begin
    for t in
        select c.oid::regclass as name
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'community_id' and not a.attisdropped
        where c.relkind in ('r', 'p') and not c.relispartition and n.nspname = current_schema()
          and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'community')
    loop
        execute format('alter table %s enable row level security', t.name);
        execute format($p$create policy community on %s using (
            (select current_setting('zhitong.community', true)) = '*'
            or community_id = (select nullif(nullif(current_setting('zhitong.community', true), '*'), '')::int))$p$, t.name);
    end loop;
end $$;
