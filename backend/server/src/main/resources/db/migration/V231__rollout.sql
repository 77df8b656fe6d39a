-- A version that only chosen devices have for a while. At most one of a community is running.
create table policy_rollout (
    community_id int not null,
    version bigint not null,
    began_at timestamp with time zone not null,
    advance_minutes int not null,
    ended_at timestamp with time zone,
    outcome varchar(20),
    primary key (community_id, version),
    foreign key (community_id, version) references policy_version (community_id, version)
);

create table policy_rollout_device (
    community_id int not null,
    version bigint not null,
    device_number bigint not null,
    primary key (community_id, version, device_number),
    foreign key (community_id, version) references policy_rollout (community_id, version),
    foreign key (community_id, device_number) references device (community_id, number)
);
