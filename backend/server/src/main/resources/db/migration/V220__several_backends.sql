-- Several backends on one database. These tables belong to the installation, not to a community.
create table backend_process (
    id uuid not null,
    name varchar(100) not null,
    roles varchar(60) not null,
    started_at timestamp with time zone not null,
    heard_at timestamp with time zone not null,
    primary key (id)
);

create table backend_turn (
    job varchar(60) not null,
    holder uuid,
    waits_for varchar(400),
    primary key (job)
);

create table login_try (
    who varchar(200) not null,
    tries int not null,
    ends_at timestamp with time zone not null,
    primary key (who)
);

-- Which gateway holds a device's connection. The epoch rises with each connection: what was meant for an earlier one is void.
create table device_lease (
    community_id int not null,
    device_number bigint not null,
    epoch bigint not null,
    gateway uuid not null,
    journal bigint not null,
    nonce bytea not null,
    software varchar(64) not null,
    since timestamp with time zone not null,
    heard_at timestamp with time zone not null,
    closed int,
    status bytea,
    primary key (community_id, device_number),
    foreign key (community_id, device_number) references device (community_id, number)
);

-- Commands on their way to the gateway that holds the device; a row goes with the transaction that takes it.
create table command_outbox (
    community_id int not null,
    id uuid not null,
    device_number bigint not null,
    gateway uuid not null,
    epoch bigint not null,
    expires_at timestamp with time zone not null,
    primary key (community_id, id),
    foreign key (community_id, id) references device_command (community_id, id)
);
create index command_outbox_gateway on command_outbox (gateway);

alter table device_command add column fate varchar(20);
alter table device_command add column detail varchar(128);

-- Communities whose lists must be compiled again; rows go when it is done.
create table list_change (
    community_id int not null,
    id uuid not null,
    primary key (community_id, id)
);

-- Locked while a device's lists are compiled, before anything is read for them.
create table list_turn (
    community_id int not null,
    device_number bigint not null,
    primary key (community_id, device_number)
);
