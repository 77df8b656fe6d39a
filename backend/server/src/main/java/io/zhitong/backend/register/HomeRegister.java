package io.zhitong.backend.register;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.audit.AuditLog;
import io.zhitong.backend.devices.DeviceLists;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.estate.UnitRow;
import io.zhitong.backend.people.People;
import io.zhitong.backend.people.PersonId;
import io.zhitong.backend.people.ResidenceRole;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Buildings, homes, and who lives there (房屋与住户登记). Each act is audited. Thread-safe. */
@Component
public class HomeRegister {
    private static final Pattern INITIALS = Pattern.compile("[a-z]{1,20}");

    private final Estate estate;
    private final People people;
    private final DeviceLists lists;
    private final AuditLog audit;
    private final TransactionTemplate transactions;
    private final Clock clock;

    HomeRegister(
            Estate estate,
            People people,
            DeviceLists lists,
            AuditLog audit,
            TransactionTemplate transactions,
            Clock clock) {
        this.estate = estate;
        this.people = people;
        this.lists = lists;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Refuses NAME and HOME_TAKEN. */
    public void addBuilding(CommunityId community, String name, Actor by) {
        done(name, () -> {
            estate.addBuilding(community, name);
            audit.record(community, by, "building.add", name, "", "");
        });
    }

    /** Refuses NAME, HOME_TAKEN and BUILDING_UNKNOWN. */
    public void addUnit(CommunityId community, UUID building, String name, Actor by) {
        RegisterRefusedException.unless(
                estate.buildings(community).stream().anyMatch(row -> row.id().equals(building)),
                RegisterRefusal.BUILDING_UNKNOWN);
        done(name, () -> {
            estate.addUnit(community, building, name);
            audit.record(community, by, "unit.add", name, "", "");
        });
    }

    private void done(String name, Runnable act) {
        RegisterRefusedException.unless(DeviceRegister.named(name), RegisterRefusal.NAME);
        try {
            transactions.executeWithoutResult(status -> act.run());
        } catch (DuplicateKeyException e) {
            throw new RegisterRefusedException(RegisterRefusal.HOME_TAKEN);
        }
    }

    /**
     * Somebody new lives in a home from today on; the audit, which forgets nothing, names a number and no person. Refuses NAME, INITIALS and UNIT_UNKNOWN.
     *
     * @param initials of the name in pinyin, for the search
     */
    public PersonId addResident(
            CommunityId community, String unitName, String name, String initials, ResidenceRole role, Actor by) {
        RegisterRefusedException.unless(DeviceRegister.named(name), RegisterRefusal.NAME);
        RegisterRefusedException.unless(INITIALS.matcher(initials).matches(), RegisterRefusal.INITIALS);
        UnitRow unit = unit(community, unitName);
        return transactions.execute(status -> {
            PersonId person = people.addPerson(community, name, initials);
            UUID household =
                    people.household(community, unit.id()).orElseGet(() -> people.addHousehold(community, unit.id()));
            people.addResidence(community, person, household, role, today(community));
            audit.record(community, by, "resident.add", "person " + person.value(), "", unit.name() + " " + role);
            return person;
        });
    }

    /** From today on the person does not live there. Refuses UNIT_UNKNOWN and RESIDENT_UNKNOWN. */
    public void moveOut(CommunityId community, PersonId person, String unitName, Actor by) {
        UnitRow unit = unit(community, unitName);
        transactions.executeWithoutResult(status -> {
            boolean ended = people.endResidence(community, person, unit.id(), today(community));
            RegisterRefusedException.unless(ended, RegisterRefusal.RESIDENT_UNKNOWN);
            lists.changed(community);
            audit.record(community, by, "resident.out", "person " + person.value(), unit.name(), "");
        });
    }

    private UnitRow unit(CommunityId community, String name) {
        return estate.units(community).stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new RegisterRefusedException(RegisterRefusal.UNIT_UNKNOWN));
    }

    /** As the community's own calendar has it. */
    public LocalDate today(CommunityId community) {
        ZoneId zone = estate.community(community).map(row -> row.zone()).orElse(ZoneOffset.UTC);
        return LocalDate.ofInstant(clock.instant(), zone);
    }
}
