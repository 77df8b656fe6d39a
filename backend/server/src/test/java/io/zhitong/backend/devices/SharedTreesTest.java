package io.zhitong.backend.devices;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.BlacklistRecord;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.CredentialStatus;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListTarget;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2PrivateKey;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class SharedTreesTest {
    private static final Sm2PrivateKey KEY = Sm2PrivateKey.generate(RandomSource.secure());

    private final SharedTrees shared = new SharedTrees();

    @Test
    void equal_lists_of_two_devices_are_in_memory_once_and_keep_their_own_headers() {
        SignedList one = shared.of(list(1, 42, 500));
        SignedList other = shared.of(list(1, 43, 500));
        assertThat(other.tree()).isSameAs(one.tree());
        assertThat(other.header().device()).isEqualTo(new DeviceId(43));
        assertThat(one.header().device()).isEqualTo(new DeviceId(42));
    }

    @Test
    void lists_that_differ_in_one_record_differ_in_one_array() {
        SignedList one = shared.of(list(1, 42, 500));
        SignedList other = shared.of(list(1, 43, 501));
        Set<byte[]> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
        one.tree().forEach((bytes, from, to) -> arrays.add(bytes));
        int before = arrays.size();
        other.tree().forEach((bytes, from, to) -> arrays.add(bytes));
        assertThat(arrays).hasSize(before + 1);
        assertThat(other.tree().count()).isEqualTo(501);
    }

    @Test
    void communities_share_nothing() {
        SignedList one = shared.of(list(1, 42, 50));
        SignedList other = shared.of(list(2, 42, 50));
        assertThat(other.tree()).isNotSameAs(one.tree());
        assertThat(other.tree().root()).isEqualTo(one.tree().root());
    }

    private static SignedList list(int community, int device, int count) {
        return SignedList.sign(
                new ListTarget(
                        new CommunityId(community), new DeviceId(device), ListKind.BLACKLIST, new ListVersion(1, 1), 1),
                LongStream.range(0, count)
                        .mapToObj(i -> new BlacklistRecord(new CredentialNumber(i), CredentialStatus.LOST))
                        .toList(),
                KEY.publicKey(),
                message -> new byte[64]);
    }
}
