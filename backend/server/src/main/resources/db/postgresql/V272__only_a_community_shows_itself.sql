-- The tables above communities: all may be read by everybody, a row is written by the community it stands for only.
do $$
declare
    t record;
begin
    for t in select * from (values ('city', 'head'), ('estate_operator', 'head'), ('community_above', 'member')) v (name, owner)
    loop
        execute format('alter table %I enable row level security', t.name);
        execute format('create policy reading on %I for select using (true)', t.name);
        execute format($p$create policy own_row on %1$I using (
            (select current_setting('zhitong.community', true)) = '*'
            or %2$I = (select nullif(nullif(current_setting('zhitong.community', true), '*'), '')::int))$p$, t.name, t.owner);
    end loop;
end $$;
