-- Days of receipt follow positions, so that a reader of positions knows in which days to look.
alter table event_order add column received_day date default date '1970-01-01' not null;

create table event_day (
    community_id int not null,
    received_day date not null,
    first_position bigint not null,
    primary key (community_id, received_day)
);

create index event_gap_noticed on event_gap (community_id, noticed_at);

insert into event_day (community_id, received_day, first_position)
select community_id, received_day, min(position) from device_event group by community_id, received_day;

update event_order set received_day = (
    select coalesce(max(d.received_day), date '1970-01-01') from event_day d
    where d.community_id = event_order.community_id
);
