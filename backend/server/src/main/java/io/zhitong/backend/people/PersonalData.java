package io.zhitong.backend.people;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.smcrypto.Sm4;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Telephone and identity numbers of persons (个人信息保护): each encrypted (SM4-GCM, additional data: community 4 ‖ person 16 ‖ field 1)
 * under its person's data key, which lies wrapped beside it; found by a keyed hash. Docs: docs/personal-data.md. Nothing in clear is
 * kept here, nothing is audited here: who reads a clear value for somebody writes down for whom. Thread-safe.
 *
 * <p>Every method that needs the vault throws {@link io.zhitong.keyapi.KeyServiceException} when it is away or sealed.
 */
@Component
public class PersonalData {
    private static final int IV = 12;
    private static final int KEY = 16;
    private static final int AT_ONCE = 500;

    private final DatumRows rows;
    private final PersonKeys keys;
    private final RandomSource random = RandomSource.secure();

    PersonalData(DatumRows rows, PersonKeys keys) {
        this.rows = rows;
        this.keys = keys;
    }

    /** One value of one person. */
    public record Entry(PersonId person, Datum datum) {}

    /**
     * Keeps these values; one that is there already stays as it is.
     *
     * @param entries at most one of a person and field, at most {@value io.zhitong.keyapi.KeyService#MOST_ITEMS}
     * @return those that changed something
     */
    @Transactional
    public List<Entry> put(CommunityId community, List<Entry> entries) {
        if (entries.isEmpty()) {
            return List.of();
        }
        int version = keys.newest(community);
        List<byte[]> digests = keys.digests(
                community, version, entries.stream().map(Entry::datum).toList());
        Map<PersonId, Map<PersonalField, DatumRows.Row>> before = byPerson(rows.data(community, persons(entries)));
        List<Integer> changed = IntStream.range(0, entries.size())
                .filter(i -> !stands(before, entries.get(i), version, digests.get(i)))
                .boxed()
                .toList();
        Set<PersonId> concerned = persons(changed.stream().map(entries::get).toList());
        Map<PersonId, SecretBytes> open = openOrNew(community, version, concerned);
        try {
            for (int i : changed) {
                Entry entry = entries.get(i);
                SecretBytes key = Objects.requireNonNull(open.get(entry.person()), "each was opened or made");
                rows.put(community, sealed(community, entry, key, version, digests.get(i)));
            }
        } finally {
            open.values().forEach(SecretBytes::close);
        }
        return changed.stream().map(entries::get).toList();
    }

    private static boolean stands(
            Map<PersonId, Map<PersonalField, DatumRows.Row>> before, Entry entry, int version, byte[] digest) {
        return Optional.ofNullable(before.getOrDefault(entry.person(), Map.of())
                        .get(entry.datum().field()))
                .filter(row -> row.digestVersion() == version && MessageDigest.isEqual(row.digest(), digest))
                .isPresent();
    }

    private DatumRows.Row sealed(CommunityId community, Entry entry, SecretBytes key, int version, byte[] digest) {
        byte[] iv = random.bytes(IV);
        PersonalField field = entry.datum().field();
        byte[] clear = key.export(SecretAccess.TOKEN);
        try {
            byte[] sealed = Sm4.gcmEncrypt(
                    clear,
                    iv,
                    bound(community, entry.person(), field),
                    entry.datum().value().getBytes(StandardCharsets.UTF_8));
            return new DatumRows.Row(entry.person(), field, iv, sealed, version, digest);
        } finally {
            Arrays.fill(clear, (byte) 0);
        }
    }

    private static byte[] bound(CommunityId community, PersonId person, PersonalField field) {
        return new ByteWriter()
                .bytes(PersonKeys.whose(community, person))
                .u8(field.code())
                .toByteArray();
    }

    /** The values of these persons as lists show them, masked. */
    public Map<PersonId, Map<PersonalField, String>> masked(CommunityId community, Collection<PersonId> persons) {
        Map<PersonId, Map<PersonalField, String>> all = new HashMap<>();
        clear(community, rows.data(community, persons))
                .forEach(entry -> all.computeIfAbsent(entry.person(), any -> new EnumMap<>(PersonalField.class))
                        .put(
                                entry.datum().field(),
                                entry.datum().field().masked(entry.datum().value())));
        return all;
    }

    /** The value itself; whoever shows it to somebody has that audited before. */
    public Optional<String> clear(CommunityId community, PersonId person, PersonalField field) {
        List<DatumRows.Row> wanted = rows.data(community, List.of(person)).stream()
                .filter(row -> row.field() == field)
                .toList();
        return clear(community, wanted).stream()
                .map(entry -> entry.datum().value())
                .findFirst();
    }

    /** Whoever has this number: a whole telephone or identity number as people type it. Nobody for anything else. */
    public Set<PersonId> find(CommunityId community, String typed) {
        Set<PersonId> found = new LinkedHashSet<>();
        List<Datum> meant = new ArrayList<>();
        for (PersonalField field : PersonalField.values()) {
            field.normalised(typed).ifPresent(value -> meant.add(new Datum(field, value)));
        }
        if (!meant.isEmpty()) {
            rows.digestVersions(community)
                    .forEach(version -> keys.digests(community, version, meant)
                            .forEach(digest -> found.addAll(rows.withDigest(community, digest))));
        }
        return found;
    }

    /** Who has these values; of two with the same one, either. */
    public Map<Datum, PersonId> owners(CommunityId community, List<Datum> data) {
        Map<Datum, PersonId> owners = new HashMap<>();
        if (!data.isEmpty()) {
            for (int version : rows.digestVersions(community)) {
                List<byte[]> digests = keys.digests(community, version, data);
                for (int i = 0; i < data.size(); i++) {
                    Datum datum = data.get(i);
                    rows.withDigest(community, digests.get(i)).forEach(person -> owners.put(datum, person));
                }
            }
        }
        return owners;
    }

    /** False when there was none. */
    @Transactional
    public boolean remove(CommunityId community, PersonId person, PersonalField field) {
        return rows.remove(community, person, field);
    }

    /** Destroys the person's key and everything under it. Needs no vault. */
    @Transactional
    public void destroy(CommunityId community, PersonId person) {
        rows.destroy(community, person);
    }

    /**
     * Puts what an older version of the community's key protects under the newest one, so that the older may go.
     *
     * @return how many persons, at most {@value #AT_ONCE}
     */
    @Transactional
    public int rewrap(CommunityId community) {
        if (rows.none(community)) {
            return 0;
        }
        int version = keys.newest(community);
        List<PersonKeys.Wrapped> behind = rows.behind(community, version, AT_ONCE);
        List<PersonId> persons = behind.stream().map(PersonKeys.Wrapped::person).toList();
        List<Entry> data = clear(community, rows.data(community, persons));
        List<SecretBytes> opened = keys.unwrap(community, behind);
        try {
            keys.wrap(community, version, persons, opened).forEach(key -> rows.update(community, key));
        } finally {
            opened.forEach(SecretBytes::close);
        }
        put(community, data);
        return behind.size();
    }

    private List<Entry> clear(CommunityId community, List<DatumRows.Row> data) {
        Set<PersonId> persons = data.stream().map(DatumRows.Row::person).collect(Collectors.toSet());
        Map<PersonId, SecretBytes> open =
                opened(community, List.copyOf(rows.keys(community, persons).values()));
        try {
            return data.stream()
                    .filter(row -> open.containsKey(row.person()))
                    .map(row -> entry(community, row, Objects.requireNonNull(open.get(row.person()))))
                    .toList();
        } finally {
            open.values().forEach(SecretBytes::close);
        }
    }

    private static Entry entry(CommunityId community, DatumRows.Row row, SecretBytes key) {
        byte[] secret = key.export(SecretAccess.TOKEN);
        try {
            byte[] clear = Sm4.gcmDecrypt(secret, row.iv(), bound(community, row.person(), row.field()), row.sealed());
            return new Entry(row.person(), new Datum(row.field(), new String(clear, StandardCharsets.UTF_8)));
        } catch (MalformedInput e) {
            throw new IllegalStateException(
                    "a value of person " + row.person().value() + " was changed in the database", e);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private Map<PersonId, SecretBytes> openOrNew(CommunityId community, int version, Set<PersonId> persons) {
        Map<PersonId, PersonKeys.Wrapped> known = rows.keys(community, persons);
        List<PersonId> without =
                persons.stream().filter(person -> !known.containsKey(person)).toList();
        List<SecretBytes> fresh = without.stream()
                .map(person -> SecretBytes.takeOver(random.bytes(KEY)))
                .toList();
        Map<PersonId, SecretBytes> open = new HashMap<>();
        IntStream.range(0, fresh.size()).forEach(i -> open.put(without.get(i), fresh.get(i)));
        List<PersonKeys.Wrapped> others = new ArrayList<>(known.values());
        for (PersonKeys.Wrapped key : keys.wrap(community, version, without, fresh)) {
            if (!rows.insert(community, key)) {
                others.addAll(rows.keys(community, List.of(key.person())).values());
            }
        }
        opened(community, others)
                .forEach((person, key) ->
                        Optional.ofNullable(open.put(person, key)).ifPresent(SecretBytes::close));
        return open;
    }

    private Map<PersonId, SecretBytes> opened(CommunityId community, List<PersonKeys.Wrapped> wrapped) {
        List<SecretBytes> open = keys.unwrap(community, wrapped);
        Map<PersonId, SecretBytes> byPerson = new HashMap<>();
        IntStream.range(0, open.size()).forEach(i -> byPerson.put(wrapped.get(i).person(), open.get(i)));
        return byPerson;
    }

    private static Set<PersonId> persons(List<Entry> entries) {
        return entries.stream().map(Entry::person).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Map<PersonId, Map<PersonalField, DatumRows.Row>> byPerson(List<DatumRows.Row> data) {
        return data.stream()
                .collect(Collectors.groupingBy(
                        DatumRows.Row::person, Collectors.toMap(DatumRows.Row::field, row -> row)));
    }
}
