package io.zhitong.accessmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.smcrypto.Hex;
import org.junit.jupiter.api.Test;

class LiftOrderTest {

    private static final CredentialNumber HOST = CredentialNumber.parse("4403010100000003");

    @Test
    void host_floor_and_minutes_are_eleven_bytes() {
        LiftOrder order = new LiftOrder(HOST, 256 + 12, 5);
        assertEquals("4403010100000003010c05", Hex.of(order.encode().toByteArray()));
        assertEquals(order, LiftOrder.decode(order.encode()));
    }

    @Test
    void nobody_no_floor_and_no_time_are_refused() {
        assertThrows(ModelException.class, () -> new LiftOrder(new CredentialNumber(0), 1, 1));
        assertThrows(ModelException.class, () -> new LiftOrder(HOST, 512, 1));
        assertThrows(ModelException.class, () -> new LiftOrder(HOST, 1, 0));
        assertThrows(ModelException.class, () -> new LiftOrder(HOST, 1, 61));
        assertEquals(60, new LiftOrder(HOST, 511, 60).minutes());
    }

    @Test
    void bytes_of_another_length_are_refused() {
        assertThrows(ModelException.class, () -> LiftOrder.decode(Octets.of(Hex.parse("4403010100000003010C"))));
        assertThrows(ModelException.class, () -> LiftOrder.decode(Octets.of(Hex.parse("4403010100000003010C0500"))));
        assertThrows(ModelException.class, () -> LiftOrder.decode(Octets.EMPTY));
    }
}
