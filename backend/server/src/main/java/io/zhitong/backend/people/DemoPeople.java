package io.zhitong.backend.people;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.estate.UnitRow;
import io.zhitong.backend.foundation.DemoSeed;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** A few households of the demo estate (演示住户); invented names. */
@Component
@Order(30)
final class DemoPeople implements DemoSeed {
    private static final CommunityId DEMO = new CommunityId(1);
    private static final LocalDate MOVED_IN = LocalDate.of(2026, 1, 1);
    private static final List<DemoPerson> PERSONS = List.of(
            new DemoPerson("1号楼101", "张伟", "zw", ResidenceRole.OWNER),
            new DemoPerson("1号楼101", "王芳", "wf", ResidenceRole.FAMILY),
            new DemoPerson("1号楼202", "李娜", "ln", ResidenceRole.OWNER),
            new DemoPerson("1号楼301", "刘洋", "ly", ResidenceRole.TENANT),
            new DemoPerson("2号楼102", "陈静", "cj", ResidenceRole.OWNER),
            new DemoPerson("2号楼201", "赵磊", "zl", ResidenceRole.TENANT));

    private final Estate estate;
    private final People people;

    DemoPeople(Estate estate, People people) {
        this.estate = estate;
        this.people = people;
    }

    @Override
    public void seed() {
        if (people.none(DEMO)) {
            estate.units(DEMO).forEach(this::seedUnit);
        }
    }

    private void seedUnit(UnitRow unit) {
        List<DemoPerson> here =
                PERSONS.stream().filter(p -> p.unit().equals(unit.name())).toList();
        if (!here.isEmpty()) {
            UUID household = people.addHousehold(DEMO, unit.id());
            for (DemoPerson p : here) {
                PersonId id = people.addPerson(DEMO, p.name(), p.initials());
                people.addResidence(DEMO, id, household, p.role(), MOVED_IN);
            }
        }
    }

    private record DemoPerson(String unit, String name, String initials, ResidenceRole role) {}
}
