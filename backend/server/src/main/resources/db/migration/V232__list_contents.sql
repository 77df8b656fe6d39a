-- What signed lists hold, once for all devices: whole (step 0, chain = root) or as what differs from the step before.
create table list_content (
    community_id int not null,
    kind int not null,
    root bytea not null,
    chain bytea not null,
    step int not null,
    content bytea not null,
    primary key (community_id, kind, root),
    unique (community_id, kind, chain, step)
);

insert into list_content (community_id, kind, root, chain, step, content)
select community_id, kind, root, root, 0, records from (
    select community_id, kind, substring(header from 30 for 32) as root, records,
        row_number() over (
            partition by community_id, kind, substring(header from 30 for 32) order by device_number, number
        ) as n
    from signed_list
) kept where n = 1;

update signed_list set records = substring(header from 30 for 32);
alter table signed_list rename column records to root;
create index signed_list_root on signed_list (community_id, kind, root);

-- How far a change reaches: nothing = everything, else one kind or one credential.
alter table list_change add column what varchar(40) default '' not null;

-- Each round of compiling has a number; who finds a later one than his own signs nothing more.
create table list_round (
    community_id int not null,
    number bigint not null,
    primary key (community_id)
);
