-- Which versions an order writes: an order that was cut off goes on with them.
alter table card_order add column key_versions varchar(400) default '1' not null;

-- Versions of the keys that lie on a card: one number for all, then those that differ, "1 DLK=2 DPK=2".
create table card_keys (
    community_id int not null,
    number bigint not null,
    versions varchar(400) not null,
    written_at timestamp with time zone not null,
    primary key (community_id, number)
);
create index card_keys_versions on card_keys (community_id, versions);

-- Device number 0: it lies in none of ours.
create table sam_module (
    community_id int not null,
    serial varchar(20) not null,
    kind varchar(12) not null,
    terminal varchar(12) not null,
    device_number bigint not null,
    lost_at timestamp with time zone,
    primary key (community_id, serial)
);

create table sam_master (
    community_id int not null,
    serial varchar(20) not null,
    key_usage varchar(24) not null,
    key_version int not null,
    loaded_at timestamp with time zone not null,
    primary key (community_id, serial, key_usage, key_version),
    foreign key (community_id, serial) references sam_module (community_id, serial)
);
