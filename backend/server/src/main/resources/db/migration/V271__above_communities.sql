-- Who stands above communities: a city and a property company. head: the community whose administrators keep the accounts of its users;
-- kept_at: that community as others read it before they let themselves be seen.
create table city (
    code char(4) not null,
    name varchar(60) not null,
    head int not null,
    kept_at varchar(120) not null,
    primary key (code),
    foreign key (head) references community (community_id)
);

create table estate_operator (
    id int not null,
    name varchar(60) not null,
    head int not null,
    kept_at varchar(120) not null,
    primary key (id),
    unique (name),
    foreign key (head) references community (community_id)
);

-- To which of them a community (member) shows its reports. It is read before a community is chosen, so it does not stand behind the wall
-- of the others; on PostgreSQL only the member itself writes its row.
create table community_above (
    member int not null,
    operator_id int,
    city_code char(4),
    primary key (member),
    foreign key (member) references community (community_id),
    foreign key (operator_id) references estate_operator (id),
    foreign key (city_code) references city (code)
);
create index community_above_operator on community_above (operator_id);
create index community_above_city on community_above (city_code);

-- How far a user sees; the account itself lies in a community all the same.
alter table console_user add column sight varchar(10) default 'COMMUNITY' not null;
alter table console_user add constraint console_user_sight check (sight in ('COMMUNITY', 'OPERATOR', 'CITY'));
