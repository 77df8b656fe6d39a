package io.zhitong.backend.access;

import io.zhitong.accessmodel.Coded;
import io.zhitong.accessmodel.Trait;
import io.zhitong.backend.people.PersonId;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Who may do something together (人员组). Stored as who 1 ‖ traits 1 ‖ n 2 ‖ n × id 16.
 *
 * @param id 1 … 65535, unique in the community and never used again: devices know the group by it
 * @param traits that everybody in it has, bit n = trait with code n
 * @param of buildings, units or persons, as {@code who} says; none for {@link GroupKind#RESIDENTS}
 */
public record PeopleGroup(int id, String name, GroupKind who, Set<Trait> traits, List<UUID> of) implements PolicyItem {
    private static final int MOST_MEMBERS = 5_000;

    public PeopleGroup {
        name = PolicyItem.named(name);
        traits = Set.copyOf(traits);
        of = of.stream().distinct().sorted().toList();
        if (id < 1 || id > 0xFFFF || of.size() > MOST_MEMBERS || (who == GroupKind.RESIDENTS) != of.isEmpty()) {
            throw new IllegalArgumentException("expected a group id from 1 to 65535 and 1 to " + MOST_MEMBERS
                    + " members, none for all residents; came " + id + " and " + of.size());
        }
    }

    /** @param homes units and buildings where the person lives today */
    boolean has(PersonId person, Collection<UUID> homes) {
        return switch (who) {
            case RESIDENTS -> !homes.isEmpty();
            case BUILDINGS, UNITS -> homes.stream().anyMatch(of::contains);
            case PERSONS -> of.contains(person.value());
        };
    }

    @Override
    public ItemKey key() {
        return new ItemKey(ItemKind.GROUP, id);
    }

    @Override
    public byte[] content() {
        int bits = traits.stream().mapToInt(trait -> 1 << trait.code()).sum();
        ByteWriter out = new ByteWriter().u8(who.code()).u8(bits).u16(of.size());
        of.forEach(each -> out.u64(each.getMostSignificantBits()).u64(each.getLeastSignificantBits()));
        return out.toByteArray();
    }

    static PeopleGroup decode(int id, String name, byte[] content) {
        ByteReader in = new ByteReader(content);
        GroupKind who = Coded.require(GroupKind.class, in.u8());
        int bits = in.u8();
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        for (Trait trait : Trait.values()) {
            if ((bits >> trait.code() & 1) == 1) {
                traits.add(trait);
            }
        }
        UUID[] of = new UUID[in.u16()];
        for (int i = 0; i < of.length; i++) {
            of[i] = new UUID(in.u64(), in.u64());
        }
        return new PeopleGroup(id, name, who, traits, List.of(of));
    }
}
