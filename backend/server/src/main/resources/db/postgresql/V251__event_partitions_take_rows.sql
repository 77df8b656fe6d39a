-- Rows are copied into the day's partition itself: COPY goes into no table with row-level security, which device_event has. The
-- application may add rows there and nothing else; it reads them through device_event only.
create or replace function event_day_attach(part text, day date) returns void
    language plpgsql set search_path = public, pg_temp as $$
begin
    execute format('revoke all on %I from public', part);
    if exists (select from pg_roles where rolname = 'zhitong_app') then
        execute format('revoke all on %I from zhitong_app', part);
        execute format('grant insert on %I to zhitong_app', part);
    end if;
    execute format('alter table device_event attach partition %I for values from (%L) to (%L)', part, day, day + 1);
end $$;

do $$
declare
    part regclass;
begin
    if exists (select from pg_roles where rolname = 'zhitong_app') then
        for part in select inhrelid from pg_inherits where inhparent = 'device_event'::regclass loop
            execute format('grant insert on %s to zhitong_app', part);
        end loop;
    end if;
end $$;
