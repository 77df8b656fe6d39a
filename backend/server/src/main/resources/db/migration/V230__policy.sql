-- What a community's lists are compiled from. The demo's one rule, all that could be in the old tables, is made anew.
drop table access_rule;
drop table access_group;
drop table access_policy;
drop table device_group;

create table policy_version (
    community_id int not null,
    version bigint not null,
    drafted_by varchar(100) not null,
    approved_by varchar(100) not null,
    why varchar(200) not null,
    made_at timestamp with time zone not null,
    primary key (community_id, version),
    foreign key (community_id) references community (community_id)
);
comment on table policy_version is 'append only: who put which policy in force';

-- An item is never changed: it ends at a version and another begins.
create table policy_item (
    community_id int not null,
    kind int not null,
    item bigint not null,
    version_from bigint not null,
    version_to bigint,
    name varchar(60) not null,
    content bytea not null,
    primary key (community_id, kind, item, version_from),
    foreign key (community_id, version_from) references policy_version (community_id, version)
);

-- A change set: what is to differ from the version it began at. A row without content takes the item out.
create table policy_draft (
    community_id int not null,
    id uuid not null,
    base bigint not null,
    title varchar(200) not null,
    author varchar(100) not null,
    made_at timestamp with time zone not null,
    state varchar(20) not null,
    primary key (community_id, id),
    foreign key (community_id) references community (community_id)
);

create table policy_draft_item (
    community_id int not null,
    draft uuid not null,
    kind int not null,
    item bigint not null,
    name varchar(60) not null,
    content bytea,
    changed_by varchar(100) not null,
    primary key (community_id, draft, kind, item),
    foreign key (community_id, draft) references policy_draft (community_id, id)
);

create table access_pin (
    community_id int not null,
    credential_number bigint not null,
    salt bytea not null,
    iterations int not null,
    hash bytea not null,
    set_at timestamp with time zone not null,
    primary key (community_id, credential_number)
);
