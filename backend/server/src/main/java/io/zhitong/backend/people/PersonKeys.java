package io.zhitong.backend.people;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.Estate;
import io.zhitong.keyapi.DataHashRequest;
import io.zhitong.keyapi.DataKind;
import io.zhitong.keyapi.DataUnwrapRequest;
import io.zhitong.keyapi.DataWrapRequest;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.KeyVersions;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * What the vault does for personal data (个人信息密钥的使用): docs/keys.md, "Data keys". Nothing is kept in memory. Every method throws {@link
 * io.zhitong.keyapi.KeyServiceException} when the vault is away, sealed or refuses.
 */
@Component
class PersonKeys {
    private final KeyService vault;
    private final Estate estate;
    private final Clock clock;

    PersonKeys(KeyService vault, Estate estate, Clock clock) {
        this.vault = vault;
        this.estate = estate;
        this.clock = clock;
    }

    /** A person's data key as it lies in the database. */
    record Wrapped(PersonId person, int version, byte[] key) {}

    /** Version of the community's key under which something new is put. */
    int newest(CommunityId id) {
        Community community = community(id);
        return KeyVersions.newest(
                        vault.keys(),
                        community.cityFactor(),
                        community.factor(),
                        clock.instant().getEpochSecond())
                .of(KeyUsage.PERSONAL_DATA);
    }

    List<Wrapped> wrap(CommunityId community, int version, List<PersonId> persons, List<SecretBytes> keys) {
        if (persons.isEmpty()) {
            return List.of();
        }
        KeyRef under = key(community, version);
        List<DataWrapRequest> asked =
                indexed(persons.size(), i -> new DataWrapRequest(under, whose(community, persons.get(i)), keys.get(i)));
        List<byte[]> wrapped = vault.wrapDataKeys(asked);
        return indexed(persons.size(), i -> new Wrapped(persons.get(i), version, wrapped.get(i)));
    }

    /** In order; the caller closes them. */
    List<SecretBytes> unwrap(CommunityId community, List<Wrapped> keys) {
        return keys.isEmpty()
                ? List.of()
                : vault.unwrapDataKeys(keys.stream()
                        .map(one -> new DataUnwrapRequest(
                                key(community, one.version()), whose(community, one.person()), one.key()))
                        .toList());
    }

    /** Keyed hashes of values in their normal form, in order. */
    List<byte[]> digests(CommunityId community, int version, List<Datum> data) {
        KeyRef under = key(community, version);
        return data.isEmpty()
                ? List.of()
                : vault.hashData(data.stream()
                        .map(one -> new DataHashRequest(
                                under, (one.field() + ":" + one.value()).getBytes(StandardCharsets.UTF_8)))
                        .toList());
    }

    private static <T> List<T> indexed(int size, java.util.function.IntFunction<T> make) {
        return java.util.stream.IntStream.range(0, size).mapToObj(make).toList();
    }

    private KeyRef key(CommunityId id, int version) {
        Community community = community(id);
        return DataKind.PERSONS.key(version, community.cityFactor(), community.factor());
    }

    /** Community 4 ‖ person 16. */
    static byte[] whose(CommunityId community, PersonId person) {
        UUID id = person.value();
        return new ByteWriter()
                .u32(community.value())
                .u64(id.getMostSignificantBits())
                .u64(id.getLeastSignificantBits())
                .toByteArray();
    }

    private Community community(CommunityId id) {
        return estate.community(id).orElseThrow(() -> new IllegalStateException("a person always has a community"));
    }
}
