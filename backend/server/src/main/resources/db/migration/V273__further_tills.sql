-- A merchant may have more than one till: the first stands with it, the others here. A till stays with its merchant.
create table merchant_till (
    community_id int not null,
    device_number bigint not null,
    code varchar(16) not null,
    primary key (community_id, device_number),
    foreign key (community_id, code) references merchant (community_id, code),
    foreign key (community_id, device_number) references device (community_id, number)
);
create index merchant_till_code on merchant_till (community_id, code);
