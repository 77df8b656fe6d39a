-- Drills of life safety and alarms. What counts as seen is read from the events between the two positions.
create table drill (
    community_id int not null,
    id uuid not null,
    kind varchar(8) not null,
    started_by varchar(100) not null,
    started_at timestamp with time zone not null,
    from_position bigint not null,
    ended_by varchar(100),
    ended_at timestamp with time zone,
    to_position bigint,
    passed boolean,
    digest varchar(64),
    primary key (community_id, id),
    foreign key (community_id) references community (community_id)
);
create index drill_started on drill (community_id, started_at);

create table drill_point (
    community_id int not null,
    drill uuid not null,
    device_number bigint not null,
    point int not null,
    name varchar(100) not null,
    primary key (community_id, drill, device_number, point),
    foreign key (community_id, drill) references drill (community_id, id)
);
