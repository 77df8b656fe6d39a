create table access_group (
    community_id int not null,
    id int not null,
    name varchar(60) not null,
    kind varchar(20) not null,
    primary key (community_id, id)
);

-- A rule is never changed: it ends at a version and another begins.
create table access_rule (
    community_id int not null,
    id bigint not null,
    group_id int not null,
    schedule int not null,
    device_number bigint,
    point int,
    version_from bigint not null,
    version_to bigint,
    approved_by varchar(100) not null,
    primary key (community_id, id),
    foreign key (community_id, group_id) references access_group (community_id, id)
);

create table access_policy (
    community_id int not null,
    version bigint not null,
    primary key (community_id)
);
