package io.zhitong.backend.access;

import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.backend.access.GroupLists.DeviceGroup;
import io.zhitong.backend.devices.DeviceListSource;
import io.zhitong.backend.devices.DeviceLists;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.DeviceKind;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.people.People;
import io.zhitong.backend.people.PersonId;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Compiles the access list of a door controller from groups and credentials (门禁名单). */
@Component
public class AccessLists implements DeviceListSource {
    private final GroupLists groups;
    private final HolderNumbers holders;
    private final Estate estate;
    private final People people;
    private final ObjectProvider<CredentialBook> books;
    private final Clock clock;
    private final DeviceLists lists;

    AccessLists(
            GroupLists groups,
            HolderNumbers holders,
            Estate estate,
            People people,
            ObjectProvider<CredentialBook> books,
            Clock clock,
            @Lazy DeviceLists lists) {
        this.groups = groups;
        this.holders = holders;
        this.estate = estate;
        this.people = people;
        this.books = books;
        this.clock = clock;
        this.lists = lists;
    }

    /** Says that credentials, residences or rules of the community have changed: with the caller's commit new lists are due. */
    public void changed(CommunityId community) {
        lists.changed(community);
    }

    @Override
    public ListKind kind() {
        return ListKind.ACCESS;
    }

    @Override
    public boolean serves(DeviceRow device) {
        return device.kind() == DeviceKind.CONTROLLER;
    }

    @Override
    public List<AccessRecord> records(DeviceRow device) {
        Collection<DeviceGroup> here = groups.of(device).values();
        Set<PersonId> residents = people.residents(device.community(), today(device.community()));
        List<IssuedCredential> issued = books.stream()
                .flatMap(book -> book.credentials(device.community()).stream())
                .toList();
        Map<PersonId, Long> numbers = holders.of(
                device.community(),
                issued.stream().map(IssuedCredential::holder).toList());
        return issued.stream()
                .map(credential -> record(credential, numbers, here, residents))
                .toList();
    }

    private LocalDate today(CommunityId community) {
        return LocalDate.ofInstant(
                clock.instant(),
                estate.community(community).map(Community::zone).orElse(clock.getZone()));
    }

    private static AccessRecord record(
            IssuedCredential credential,
            Map<PersonId, Long> holders,
            Collection<DeviceGroup> groups,
            Set<PersonId> residents) {
        List<Integer> own = groups.stream()
                .filter(group -> belongs(group.who(), credential.holder(), residents))
                .map(group -> group.record().group())
                .toList();
        return new AccessRecord(
                credential.number(),
                holders.getOrDefault(credential.holder(), AccessRecord.ITSELF),
                credential.status(),
                Set.of(),
                credential.validity(),
                AccessRecord.UNLIMITED,
                credential.leastCertificate(),
                own,
                credential.carriers());
    }

    private static boolean belongs(GroupKind group, PersonId holder, Set<PersonId> residents) {
        return switch (group) {
            case RESIDENTS -> residents.contains(holder);
        };
    }
}
