package io.zhitong.backend.presence;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.access.CredentialBook;
import io.zhitong.backend.access.HolderNumbers;
import io.zhitong.backend.people.PersonId;
import io.zhitong.cardspec.CredentialNumber;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Whose credential it is: card and phone of one person are one subject (在场主体). */
@Component
class Subjects {
    private final ObjectProvider<CredentialBook> books;
    private final HolderNumbers holders;

    Subjects(ObjectProvider<CredentialBook> books, HolderNumbers holders) {
        this.books = books;
        this.holders = holders;
    }

    Map<CredentialNumber, Long> of(CommunityId community, Collection<CredentialNumber> credentials) {
        Map<CredentialNumber, PersonId> persons = new HashMap<>();
        credentials.forEach(each -> person(community, each).ifPresent(person -> persons.put(each, person)));
        Map<PersonId, Long> numbers = holders.of(community, persons.values());
        Map<CredentialNumber, Long> subjects = new HashMap<>();
        credentials.forEach(each -> subjects.put(
                each, Optional.ofNullable(persons.get(each)).map(numbers::get).orElse(each.value())));
        return subjects;
    }

    Optional<PersonId> person(CommunityId community, CredentialNumber credential) {
        return books.stream()
                .flatMap(book -> book.holder(community, credential).stream())
                .findFirst();
    }
}
