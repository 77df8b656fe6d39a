-- device_event becomes a table partitioned by day of receipt. Its key is in the order readers ask in.
alter table device_event rename to device_event_before;
alter table device_event_before drop constraint device_event_pkey;
drop index device_event_position;
drop index device_event_identity;

create table device_event (
    community_id int not null,
    received_day date not null,
    position bigint not null,
    device_number bigint not null,
    journal bigint not null,
    sequence bigint not null,
    kind int not null,
    point int not null,
    boot bigint not null,
    device_millis bigint not null,
    offset_millis bigint not null,
    clock_quality int not null,
    received_at timestamp with time zone not null,
    hash bytea not null,
    record bytea not null,
    primary key (community_id, position, received_day)
) partition by range (received_day);
comment on table device_event is 'append only: records as the devices wrote them';
create index device_event_identity on device_event (community_id, device_number, journal, sequence);

-- The application owns no table. These functions do for it, with the owner's rights, what a partitioned table needs, and
-- check what is asked: partitions of days that can be, and no plain record dropped before 180 days are over.

create function event_day_name(day date) returns text language sql stable as $$
    select 'device_event_' || to_char(day, 'YYYYMMDD')
$$;

-- Attaching locks out neither readers nor writers; "create table … partition of" would.
create function event_day_attach(part text, day date) returns void language plpgsql set search_path = public, pg_temp as $$
begin
    execute format('revoke all on %I from public', part);
    if exists (select from pg_roles where rolname = 'zhitong_app') then
        execute format('revoke all on %I from zhitong_app', part);
    end if;
    execute format('alter table device_event attach partition %I for values from (%L) to (%L)', part, day, day + 1);
end $$;

create function event_day_open(day date) returns boolean
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
    if to_regclass(part) is not null then
        return false;
    end if;
    execute format('create table %I (like device_event including defaults including constraints)', part);
    perform event_day_attach(part, day);
    return true;
end $$;

create function event_days() returns table (day date, thinned boolean)
    language sql stable security definer set search_path = public, pg_temp as $$
    select to_date(substring(c.relname from 14 for 8), 'YYYYMMDD'), c.relname like '%\_thin'
    from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'device_event'::regclass
$$;

-- Kinds of daily passing: granted, denied, opened, closed, exit button, lists installed, start and stop, reader back. All others,
-- alarms and payments among them, stay, and so do kinds that nobody knew when this was written.
create function event_day_thin_out(day date) returns bigint
    language plpgsql security definer set search_path = public, pg_temp set lock_timeout = '3s' as $$
declare
    part text := event_day_name(day);
    thin text := event_day_name(day) || '_thin';
    dropped bigint;
begin
    if day > current_date - 180 then
        raise exception 'records of % are kept for 180 days at least', day using errcode = 'insufficient_privilege';
    end if;
    perform pg_advisory_xact_lock(hashtext('device_event'));
    if to_regclass(part) is null then
        return 0;
    end if;
    execute format('select count(*) from %I where kind = any ($1)', part) into dropped
        using array[257, 258, 259, 260, 261, 769, 1025, 1026, 1031];
    execute format('create table %I (like device_event including defaults including constraints)', thin);
    execute format('insert into %I select * from %I where kind <> all ($1)', thin, part)
        using array[257, 258, 259, 260, 261, 769, 1025, 1026, 1031];
    execute format('alter table device_event detach partition %I', part);
    execute format('drop table %I', part);
    perform event_day_attach(thin, day);
    return dropped;
end $$;

revoke execute on function event_day_attach(text, date), event_day_open(date), event_day_thin_out(date) from public;
do $$
declare
    d date;
begin
    if exists (select from pg_roles where rolname = 'zhitong_app') then
        grant execute on function event_day_open(date), event_day_thin_out(date) to zhitong_app;
    end if;
    for d in select distinct received_day from device_event_before
             union select current_date + n from generate_series(-1, 7) n loop
        perform event_day_open(d);
    end loop;
end $$;

insert into device_event select * from device_event_before;
drop table device_event_before;
