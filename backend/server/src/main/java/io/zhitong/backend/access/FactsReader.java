package io.zhitong.backend.access;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.people.People;
import io.zhitong.backend.people.PersonId;
import io.zhitong.cardspec.CredentialNumber;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Reads what lists are compiled from (事实读取). */
@Component
class FactsReader {
    private final Estate estate;
    private final People people;
    private final HolderNumbers holders;
    private final ObjectProvider<CredentialBook> books;
    private final AccessPins pins;
    private final Clock clock;

    FactsReader(
            Estate estate,
            People people,
            HolderNumbers holders,
            ObjectProvider<CredentialBook> books,
            AccessPins pins,
            Clock clock) {
        this.estate = estate;
        this.people = people;
        this.holders = holders;
        this.books = books;
        this.pins = pins;
        this.clock = clock;
    }

    /** Of the whole community. */
    Facts all(CommunityId id) {
        Community community = community(id);
        List<IssuedCredential> issued =
                books.stream().flatMap(book -> book.credentials(id).stream()).toList();
        return new Facts(
                community,
                estate.points(id),
                people.homes(id, today(community)),
                issued,
                numbers(id, issued),
                pins.of(id));
    }

    /** The same with these credentials and their holders only; a few are looked up one by one. */
    Facts of(CommunityId id, Collection<CredentialNumber> credentials) {
        Community community = community(id);
        List<IssuedCredential> issued = credentials.stream()
                .flatMap(number -> books.stream().flatMap(book -> book.credential(id, number).stream()))
                .toList();
        Map<PersonId, Set<UUID>> homes = new HashMap<>();
        for (IssuedCredential credential : issued) {
            homes.computeIfAbsent(credential.holder(), person -> people.homes(id, today(community), person));
        }
        return new Facts(community, estate.points(id), homes, issued, numbers(id, issued), List.of());
    }

    /** The same with everybody who lives in a unit today, and their credentials. */
    Facts household(CommunityId id, UUID unit) {
        Community community = community(id);
        Map<PersonId, Set<UUID>> homes = new HashMap<>(people.homes(id, today(community)));
        homes.values().removeIf(of -> !of.contains(unit));
        List<IssuedCredential> issued = books.stream()
                .flatMap(book -> book.credentials(id).stream())
                .filter(credential -> homes.containsKey(credential.holder()))
                .toList();
        return new Facts(community, estate.points(id), homes, issued, numbers(id, issued), List.of());
    }

    private Map<PersonId, Long> numbers(CommunityId community, List<IssuedCredential> issued) {
        return holders.of(
                community,
                issued.stream().map(IssuedCredential::holder).distinct().toList());
    }

    private Community community(CommunityId id) {
        return estate.community(id)
                .orElseThrow(() -> new IllegalStateException("a device always has its community's row"));
    }

    private LocalDate today(Community community) {
        return LocalDate.ofInstant(clock.instant(), community.zone());
    }
}
