package io.zhitong.backend.persons;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.audit.AuditLog;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.people.Datum;
import io.zhitong.backend.people.People;
import io.zhitong.backend.people.PersonId;
import io.zhitong.backend.people.PersonalData;
import io.zhitong.backend.people.PersonalField;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.machinetls.MachineTlsException;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads and changes telephone and identity numbers for somebody at the console (个人信息查看与更改). Whoever sees a whole value says why,
 * and that is in the audit before it is seen: who, whose, which, why, never the value. Acts throw {@link PersonsRefusedException} and
 * have changed nothing then. Thread-safe.
 */
@Service
public class PersonDesk {
    public static final int LONGEST_REASON = 100;
    private static final int SHORTEST_REASON = 2;

    private final People people;
    private final PersonalData data;
    private final AuditLog audit;
    private final TransactionTemplate transactions;

    PersonDesk(People people, PersonalData data, AuditLog audit, TransactionTemplate transactions) {
        this.people = people;
        this.data = data;
        this.audit = audit;
        this.transactions = transactions;
    }

    /**
     * The whole value. Refuses UNKNOWN, ERASED, WHY, NOTHING_THERE and VAULT_AWAY.
     *
     * @param why 2 to {@value #LONGEST_REASON} characters, for the audit
     */
    public String read(ConsoleUser user, PersonId person, PersonalField field, String why) {
        String said = reason(why);
        known(people, user.community(), person);
        String value = orRefusal(() -> data.clear(user.community(), person, field))
                .orElseThrow(() -> new PersonsRefusedException(PersonsRefusal.NOTHING_THERE));
        noted(user, "person.read", person, field + ": " + said);
        return value;
    }

    /**
     * Keeps another value, or none. Refuses UNKNOWN, ERASED, PHONE or IDENTITY, and VAULT_AWAY.
     *
     * @param typed blank takes it away
     */
    public void put(ConsoleUser user, PersonId person, PersonalField field, String typed) {
        known(people, user.community(), person);
        if (typed.isBlank()) {
            transactions.executeWithoutResult(status -> {
                PersonsRefusedException.unless(
                        data.remove(user.community(), person, field), PersonsRefusal.NOTHING_THERE);
                noted(user, "person.change", person, "without " + field);
            });
            return;
        }
        Datum datum = datum(field, typed);
        orRefusal(() -> transactions.execute(status -> {
            boolean changed = !data.put(user.community(), List.of(new PersonalData.Entry(person, datum)))
                    .isEmpty();
            if (changed) {
                noted(user, "person.change", person, field.name());
            }
            return changed;
        }));
    }

    static Datum datum(PersonalField field, String typed) {
        return field.normalised(typed)
                .map(value -> new Datum(field, value))
                .orElseThrow(() -> new PersonsRefusedException(PersonsRefusal.valueOf(field.name())));
    }

    static void known(People people, CommunityId community, PersonId person) {
        String name =
                people.name(community, person).orElseThrow(() -> new PersonsRefusedException(PersonsRefusal.UNKNOWN));
        PersonsRefusedException.unless(!name.equals(People.ERASED), PersonsRefusal.ERASED);
    }

    static String reason(String why) {
        String said = why.strip();
        boolean good = said.length() >= SHORTEST_REASON
                && said.length() <= LONGEST_REASON
                && said.chars().noneMatch(Character::isISOControl);
        PersonsRefusedException.unless(good, PersonsRefusal.WHY);
        return said;
    }

    static <T> T orRefusal(Supplier<T> work) {
        try {
            return work.get();
        } catch (KeyServiceException | MachineTlsException e) {
            throw new PersonsRefusedException(PersonsRefusal.VAULT_AWAY, e);
        }
    }

    private void noted(ConsoleUser user, String action, PersonId person, String after) {
        audit.record(user.community(), user.actor(), action, "person " + person.value(), "", after);
    }
}
