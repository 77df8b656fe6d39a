-- Where people are, from passages in the event store. All but the corrections can be dropped and read again.
create table presence_passage (
    community_id int not null,
    subject bigint not null,
    position bigint not null,
    happened_millis bigint not null,
    area int not null,
    device_number bigint not null,
    point int not null,
    credential bigint not null,
    void boolean default false not null,
    primary key (community_id, subject, position)
);
create index presence_passage_point on presence_passage (community_id, device_number, point, position);

create table presence_correction (
    community_id int not null,
    id uuid not null,
    subject bigint not null,
    happened_millis bigint not null,
    area int not null,
    credential bigint not null,
    who varchar(100) not null,
    why varchar(200) not null,
    primary key (community_id, id)
);
comment on table presence_correction is 'append only: where somebody was found by a person';
create index presence_correction_subject on presence_correction (community_id, subject);

-- What the two above come to.
create table presence (
    community_id int not null,
    subject bigint not null,
    area int not null,
    since_millis bigint not null,
    device_number bigint not null,
    point int not null,
    credential bigint not null,
    primary key (community_id, subject)
);
create index presence_area on presence (community_id, area);

-- How far the reader of passages is with each device: its point configuration, and the last time a point said that somebody came through.
create table presence_device (
    community_id int not null,
    device_number bigint not null,
    epoch bigint not null,
    number bigint not null,
    primary key (community_id, device_number)
);
create table presence_opening (
    community_id int not null,
    device_number bigint not null,
    point int not null,
    position bigint not null,
    primary key (community_id, device_number, point)
);
create table presence_head (
    community_id int not null,
    changes bigint not null,
    primary key (community_id)
);
