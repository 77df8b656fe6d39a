package io.zhitong.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** The backend's outage once more on the embedded PostgreSQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class PostgresIT {
    private final Neighbourhood people = Neighbourhood.movedIn("postgres", "pg", 100);

    @AfterAll
    void stop() {
        people.close();
    }

    @Test
    void backend_killed_unheard_and_gone_doors_open_and_the_shop_sells_and_all_of_it_arrives_once() {
        Outages.backendKilledUnheardAndGoneForAWhile(people);
    }

    /** After the outage: the file holds what they sold, and the merchant's money stands in its header. */
    @Test
    @Order(Integer.MAX_VALUE)
    void the_days_file_holds_every_sale_and_openssl_accepts_its_signature() throws IOException {
        people.sell(50);
        people.assertEverythingArrivedOnce();
        Path folder = Folders.fresh("settlement");
        String name = people.settleToday(folder);
        String header = Files.readAllLines(folder.resolve(name)).get(0);
        assertTrue(header.contains("|" + people.sales() + "|" + people.sold() + "|"), header);
        Shell.Result openssl = Shell.run(
                Duration.ofSeconds(10),
                Map.of(),
                folder,
                "openssl",
                "dgst",
                "-sm3",
                "-sigopt",
                "distid:1234567812345678",
                "-verify",
                "settlement.pem",
                "-signature",
                name + ".sig",
                name);
        assertEquals("Verified OK", openssl.succeeded().text().strip());
        String zt = RunningEstate.root().resolve("bin/zt").toString();
        Shell.run(Duration.ofSeconds(20), Map.of(), folder, zt, "settle", "verify", name)
                .succeeded();
        Files.writeString(
                folder.resolve(name), Files.readString(folder.resolve(name)).replaceFirst("\\|777\\|", "|778|"));
        Shell.Result changed = Shell.run(Duration.ofSeconds(20), Map.of(), folder, zt, "settle", "verify", name);
        assertEquals(1, changed.exitCode(), changed.text());
        assertTrue(changed.text().contains("expected 777, found 778"), changed.text());
    }
}
