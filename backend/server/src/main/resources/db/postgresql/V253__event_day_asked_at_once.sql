-- Two who ask for the same day at once: the second looks into the catalogue itself. to_regclass may still remember, from before the
-- wait, that there is no such table: waiting for an advisory lock brings no news of others' tables.
create or replace function event_day_open(day date) returns boolean
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    part text := event_day_name(day);
begin
    if to_regclass(part) is not null or to_regclass(part || '_thin') is not null then
        return false;
    end if;
    if day < date '2020-01-01' or day > date '2100-01-01' then
        raise exception 'no partition for %: is the clock right?', day using errcode = 'invalid_datetime_format';
    end if;
    perform pg_advisory_xact_lock(hashtext('device_event'));
    if exists (select from pg_class where relname in (part, part || '_thin') and relnamespace = 'public'::regnamespace) then
        return false;
    end if;
    execute format('create table %I (like device_event including defaults including constraints)', part);
    perform event_day_attach(part, day);
    return true;
end $$;
