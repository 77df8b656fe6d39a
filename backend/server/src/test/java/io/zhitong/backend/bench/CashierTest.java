package io.zhitong.backend.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zhitong.backend.bench.Cashier.Sale;
import io.zhitong.backend.bench.Cashier.Stage;
import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.foundation.Mode;
import io.zhitong.backend.foundation.ZhitongSettings;
import io.zhitong.backend.testing.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CashierTest {

    private ServerSocket till;
    private Cashier cashier;

    @BeforeEach
    void start() throws IOException {
        till = new ServerSocket(0, 4, InetAddress.getLoopbackAddress());
        cashier = new Cashier(settings(till.getLocalPort() - 4));
    }

    @AfterEach
    void stop() throws IOException {
        till.close();
    }

    @Test
    void sale_waits_for_the_till_and_is_paid_when_the_till_says_so() throws IOException {
        cashier.ring(1250);
        assertEquals(new Sale(Stage.WAITING, 1250, ""), cashier.sale());
        String asked = answer("paid 1250 balance 3750 card 00004403000100000001 psam 1 number 1 time 20261121232607");
        assertEquals("sale 1250", asked);
        ends(new Sale(Stage.PAID, 1250, ""));
    }

    @Test
    void refusal_carries_the_till_s_own_words() throws IOException {
        cashier.ring(99);
        answer("refused FUNDS_TOO_LOW 余额不足 · the balance does not reach");
        ends(new Sale(Stage.NOT_PAID, 99, "余额不足 · the balance does not reach"));
    }

    @Test
    void words_are_told_in_the_reader_s_language() {
        Sale sale = new Sale(Stage.NOT_PAID, 99, "余额不足 · the balance does not reach");
        assertEquals("余额不足", sale.words(false));
        assertEquals("the balance does not reach", sale.words(true));
        assertEquals("busy", new Sale(Stage.NOT_PAID, 99, "busy").words(false));
    }

    @Test
    void unknown_end_is_not_taken_for_a_payment() throws IOException {
        cashier.ring(99);
        answer("unknown CARD_LEFT 交易未确认 · not confirmed");
        ends(new Sale(Stage.NOT_PAID, 99, "交易未确认 · not confirmed"));
    }

    @Test
    void second_sale_does_not_begin_while_one_waits() throws IOException {
        cashier.ring(100);
        cashier.ring(200);
        assertEquals(100, cashier.sale().fen());
        assertEquals("sale 100", answer("refused NO_CARD 未放卡 · no card"));
        ends(new Sale(Stage.NOT_PAID, 100, "未放卡 · no card"));
    }

    @Test
    void till_that_hangs_up_or_is_not_there_is_away() throws IOException {
        cashier.ring(100);
        till.accept().close();
        ends(new Sale(Stage.AWAY, 100, ""));
        till.close();
        cashier.ring(100);
        ends(new Sale(Stage.AWAY, 100, ""));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 100_001, Long.MAX_VALUE})
    void amount_outside_one_fen_to_a_thousand_yuan_is_not_rung_up(long fen) {
        assertEquals(
                BenchRefusal.Reason.BAD_AMOUNT,
                assertThrows(BenchRefusal.class, () -> cashier.ring(fen)).reason());
        assertEquals(Sale.NONE, cashier.sale());
    }

    /** What the cashier asked; then the till says this. */
    private String answer(String line) throws IOException {
        try (Socket peer = till.accept()) {
            var in = new BufferedReader(new InputStreamReader(peer.getInputStream(), StandardCharsets.US_ASCII));
            String asked = in.readLine();
            peer.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            return asked;
        }
    }

    private void ends(Sale sale) {
        Eventually.holds(sale.toString(), () -> cashier.sale().equals(sale));
    }

    private static ZhitongSettings settings(int port) {
        return new ZhitongSettings(
                Path.of("unused"),
                Mode.DEMO,
                port,
                "127.0.0.1",
                new ZhitongSettings.Database(DatabaseKind.H2, null, "o", "a", null, null),
                30,
                null,
                null,
                null,
                "127.0.0.1",
                null,
                "test",
                Set.of(io.zhitong.backend.foundation.BackendRole.values()));
    }
}
