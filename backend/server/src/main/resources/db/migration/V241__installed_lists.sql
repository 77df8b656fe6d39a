-- Which list a device held from which event on, taken from what it wrote into its journal: how a past decision finds its lists.
create table list_installed (
    community_id int not null,
    device_number bigint not null,
    kind int not null,
    position bigint not null,
    epoch bigint not null,
    number bigint not null,
    root bytea not null,
    primary key (community_id, device_number, kind, position)
);
comment on table list_installed is 'append only: what devices said to have installed';
