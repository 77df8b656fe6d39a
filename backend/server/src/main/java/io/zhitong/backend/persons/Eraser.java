package io.zhitong.backend.persons;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.CredentialStatus;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.audit.AuditLog;
import io.zhitong.backend.cards.CardDesk;
import io.zhitong.backend.cards.CredentialStore;
import io.zhitong.backend.cards.DeskRefusal;
import io.zhitong.backend.devices.DeviceLists;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Hands;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.identity.Users;
import io.zhitong.backend.parking.Spaces;
import io.zhitong.backend.people.People;
import io.zhitong.backend.people.PersonId;
import io.zhitong.backend.people.PersonalData;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Erases a person (删除个人信息): one asks, another does it. Cards are cancelled and residences end as at the desk; name, numbers, the
 * person's key and the names that other systems had are gone; events, money and audit keep the person's number. Acts throw {@link
 * PersonsRefusedException} and have changed nothing then. Needs no vault.
 */
@Service
public class Eraser {
    private static final Set<Role> WHO_ERASES = Set.of(Role.ADMIN);
    private static final int SHOWN = 50;

    private final ErasureRows rows;
    private final ExternalIds external;
    private final People people;
    private final PersonalData data;
    private final CardDesk desk;
    private final CredentialStore cards;
    private final Spaces spaces;
    private final Users users;
    private final Estate estate;
    private final DeviceLists lists;
    private final AuditLog audit;
    private final TransactionTemplate transactions;
    private final Clock clock;

    Eraser(
            ErasureRows rows,
            ExternalIds external,
            People people,
            PersonalData data,
            CardDesk desk,
            CredentialStore cards,
            Spaces spaces,
            Users users,
            Estate estate,
            DeviceLists lists,
            AuditLog audit,
            TransactionTemplate transactions,
            Clock clock) {
        this.rows = rows;
        this.external = external;
        this.people = people;
        this.data = data;
        this.desk = desk;
        this.cards = cards;
        this.spaces = spaces;
        this.users = users;
        this.estate = estate;
        this.lists = lists;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Those that wait first, then the newest; at most {@value #SHOWN}. */
    public List<Erasure> all(CommunityId community) {
        return rows.newest(community, SHOWN);
    }

    public Optional<Erasure> of(CommunityId community, PersonId person) {
        return rows.of(community, person);
    }

    /** Refuses UNKNOWN, WHY and ASKED_ALREADY. */
    public void ask(ConsoleUser user, PersonId person, String why) {
        String said = PersonDesk.reason(why);
        transactions.executeWithoutResult(status -> {
            PersonDesk.known(people, user.community(), person);
            PersonsRefusedException.unless(
                    rows.ask(user.community(), person, user.login(), said), PersonsRefusal.ASKED_ALREADY);
            noted(user, "person.erase.ask", person, "", said);
        });
    }

    /** Refuses NOT_ASKED. */
    public void withdraw(ConsoleUser user, PersonId person) {
        transactions.executeWithoutResult(status -> {
            PersonsRefusedException.unless(rows.withdraw(user.community(), person), PersonsRefusal.NOT_ASKED);
            noted(user, "person.erase.withdraw", person, "", "");
        });
    }

    /** Does what another asked for. Refuses NOT_ASKED, OWN_REQUEST, SAME_HAND and CHANGED_MEANWHILE. */
    public void erase(ConsoleUser user, PersonId person) {
        CommunityId community = user.community();
        transactions.executeWithoutResult(status -> {
            Erasure asked = rows.locked(community, person)
                    .filter(Erasure::waits)
                    .orElseThrow(() -> new PersonsRefusedException(PersonsRefusal.NOT_ASKED));
            PersonsRefusedException.unless(!asked.askedBy().equals(user.login()), PersonsRefusal.OWN_REQUEST);
            PersonsRefusedException.unless(!sameHand(user, asked), PersonsRefusal.SAME_HAND);
            int cancelled = takeAway(user, person);
            external.forget(community, person);
            data.destroy(community, person);
            people.erase(community, person, today(community), clock.instant());
            rows.done(community, person, user.login());
            noted(user, "person.erase", person, "asked by " + asked.askedBy(), cancelled + " cards cancelled");
            lists.changed(community);
        });
    }

    /** As in the policy: while one hand alone may do it, there is nobody else to be asked. */
    private boolean sameHand(ConsoleUser user, Erasure asked) {
        Hands hands = users.hands(user.community(), asked.askedAt());
        return !hands.one(WHO_ERASES) && hands.of(user.actor()).equals(hands.of(new Actor(asked.askedBy())));
    }

    private int takeAway(ConsoleUser user, PersonId person) {
        CommunityId community = user.community();
        try {
            desk.giveUp(user, person);
            var held = cards.of(community, person).stream()
                    .filter(card -> card.status() != CredentialStatus.CANCELLED)
                    .toList();
            held.forEach(card -> desk.cancel(user, card.number()));
            spaces.now(community).stream()
                    .filter(space -> space.person().equals(Optional.of(person)) && space.spaces() > 0)
                    .forEach(space -> spaces.give(
                            community, space.person(), space.lot(), 0, space.kind(), user.actor(), "erased"));
            return held.size();
        } catch (DeskRefusal e) {
            throw new PersonsRefusedException(PersonsRefusal.CHANGED_MEANWHILE, e);
        }
    }

    private LocalDate today(CommunityId community) {
        return today(estate, community, clock.instant());
    }

    static LocalDate today(Estate estate, CommunityId community, Instant now) {
        ZoneId zone = estate.community(community).map(Community::zone).orElse(ZoneOffset.UTC);
        return LocalDate.ofInstant(now, zone);
    }

    private void noted(ConsoleUser user, String action, PersonId person, String before, String after) {
        audit.record(user.community(), user.actor(), action, "person " + person.value(), before, after);
    }
}
