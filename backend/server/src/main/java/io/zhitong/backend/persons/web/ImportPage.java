package io.zhitong.backend.persons.web;

import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.persons.ImportReport;
import io.zhitong.backend.persons.PersonsRefusedException;
import io.zhitong.backend.persons.ResidentImport;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** Residents from a file of another system, tried out first if one likes (住户导入). */
@Controller
@Allowed(Role.ADMIN)
class ImportPage {
    private static final String PATH = PersonsPage.PATH + "/import";
    /** With the mark that a spreadsheet needs to read it as UTF-8; the number is the example of GB 11643. */
    private static final String TEMPLATE =
            "\uFEFF编号,房屋,姓名,首字母,身份,手机号,身份证号\r\n" + "A-0001,1号楼101,示例,sl,业主,13800001234,11010519491231002X\r\n";

    private final ResidentImport residents;

    ImportPage(ResidentImport residents) {
        this.residents = residents;
    }

    @GetMapping(PATH)
    String page(Model model) {
        model.addAttribute("outcomes", ImportReport.Outcome.values());
        return "persons/import";
    }

    @GetMapping(PATH + "/template.csv")
    ResponseEntity<byte[]> template() {
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"residents.csv\"")
                .body(TEMPLATE.getBytes(StandardCharsets.UTF_8));
    }

    /** @param trial absent = in earnest */
    @PostMapping(PATH)
    String run(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam(defaultValue = "") String source,
            @RequestParam(defaultValue = "false") boolean trial,
            @RequestParam(required = false) Optional<MultipartFile> file,
            Model model,
            HttpServletResponse response) {
        PersonsPage.noStore(response);
        model.addAttribute("source", source);
        try {
            model.addAttribute(
                    "report",
                    residents.run(
                            user, source.strip(), file.map(ImportPage::bytes).orElse(new byte[0]), trial));
            return page(model);
        } catch (PersonsRefusedException e) {
            return PersonsPage.refused(e.reason(), model, response, page(model));
        }
    }

    /** One more than is taken, so that a longer one is refused. */
    private static byte[] bytes(MultipartFile sent) {
        try (var in = sent.getInputStream()) {
            return in.readNBytes(ResidentImport.MOST_BYTES + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
