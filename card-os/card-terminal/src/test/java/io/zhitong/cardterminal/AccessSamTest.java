package io.zhitong.cardterminal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zhitong.cardspec.CardException;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.smcrypto.Hex;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class AccessSamTest {
    private static final CredentialNumber CREDENTIAL = CredentialNumber.parse("4403000112345678");

    @Test
    void a_mac_is_one_delivery_of_the_cards_key_and_one_cipher() {
        var slot = new Script("SAM")
                .on("00a40000 02 df02 00", "9000")
                .on("801a3b01 08 4403000112345678", "9000")
                .on("80fa1000 03 aabbcc 08", "0102030405060708 9000");
        assertArrayEquals(Hex.parse("0102030405060708"), AccessSam.open(slot).mac(1, CREDENTIAL, Hex.parse("aabbcc")));
        slot.assertDone();
    }

    @Test
    void an_unknown_master_version_is_an_error_of_the_sam() {
        var slot = new Script("SAM").on("00a40000 02 df02 00", "9000").on("801a3b07 08 4403000112345678", "6a88");
        AccessSam sam = AccessSam.open(slot);
        assertEquals(
                0x6A88,
                assertThrows(CardException.class, () -> sam.mac(7, CREDENTIAL, new byte[1]))
                        .sw());
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    void two_readers_on_one_sam_never_part_delivery_and_cipher() throws InterruptedException {
        List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
        AccessSam sam = AccessSam.open(command -> {
            seen.add(command[1] & 0xFF);
            Thread.yield();
            return Hex.parse(command[1] == (byte) 0xFA ? "01020304050607089000" : "9000");
        });
        var done = new CountDownLatch(2);
        for (int reader = 0; reader < 2; reader++) {
            new Thread(() -> {
                        for (int i = 0; i < 500; i++) {
                            sam.mac(1, CREDENTIAL, new byte[1]);
                        }
                        done.countDown();
                    })
                    .start();
        }
        done.await();
        for (int i = 1; i < seen.size(); i += 2) {
            assertEquals(List.of(0x1A, 0xFA), seen.subList(i, i + 2));
        }
        assertEquals(2001, seen.size());
    }
}
