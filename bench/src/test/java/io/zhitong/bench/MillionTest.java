package io.zhitong.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.CarrierKind;
import io.zhitong.accessmodel.MerkleTree;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.decision.Listed;
import io.zhitong.decision.Policy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is measured by the million does what it says, with thousands. */
class MillionTest {
    private static final int FEW = 4_000;

    @Test
    void policy_of_the_bytes_says_of_each_credential_what_its_record_says() {
        MillionEstate estate = new MillionEstate(FEW);
        MerkleTree tree = MillionEstate.tree(estate.records());
        Policy policy = estate.policy(tree);
        for (byte[] bytes : tree.records()) {
            AccessRecord record = AccessRecord.decode(bytes);
            Listed listed = policy.listed(record.credential()).orElseThrow();
            assertEquals(record.holder(), listed.holder());
            assertEquals(record.status(), listed.status());
            assertEquals(record.validity().fromSecond(), listed.fromSecond());
            assertEquals(record.validity().untilSecond(), listed.untilSecond());
            assertEquals(record.uses(), listed.uses());
            assertEquals(record.leastCertificate(), listed.leastCertificate());
            record.carriers()
                    .forEach(carrier -> assertEquals(
                            record.credential(),
                            policy.carried(carrier.kind(), carrier.value().toByteArray())
                                    .orElseThrow()
                                    .credential()));
        }
        assertTrue(policy.listed(new CredentialNumber(MillionEstate.number(0).value() + 1))
                .isEmpty());
        assertTrue(policy.carried(CarrierKind.PLATE, "粤B000001".getBytes(StandardCharsets.UTF_8))
                .isEmpty());
    }

    @Test
    void list_is_compiled_changed_and_weighed() {
        ListCompile measured = ListCompile.measure(FEW);
        assertTrue(measured.seconds() > 0 && measured.changeMicros() > 0 && measured.limitSeconds() > 0);
        assertTrue(measured.line().contains("4,000 credentials"));
    }

    @Test
    void bound_that_is_exceeded_is_not_held() {
        assertTrue(new ListCompile(1, 3, 1.9, 1, 1, 63.9, 40, 1).held());
        assertFalse(new ListCompile(1, 3, 2.1, 1, 1, 63.9, 40, 1).held());
        assertFalse(new ListCompile(1, 3, 1.9, 1, 1, 64.1, 40, 1).held());
        assertTrue(new DecisionMillion(1, new long[] {10_000}, new long[] {1}, 256, 1).held());
        assertFalse(new DecisionMillion(1, new long[] {10_001}, new long[] {1}, 256, 1).held());
        assertFalse(new DecisionMillion(1, new long[] {10_000}, new long[] {1}, 257, 1).held());
        assertTrue(new ListCompile(1, 3, 2.1, 1, 1, 63.9, 40, 1).line().endsWith("NOT HELD 未达标"));
    }

    @Test
    void decisions_are_grants_and_denials_and_each_is_timed() {
        DecisionMillion measured = DecisionMillion.measure(FEW);
        assertTrue(measured.granted() > 50 && measured.granted() < 100, measured.line());
        assertEquals(List.of(400_000, 400_000), List.of(measured.nanos().length, measured.limit().length));
        assertTrue(measured.nanos()[0] <= measured.nanos()[399_999]);
    }
}
