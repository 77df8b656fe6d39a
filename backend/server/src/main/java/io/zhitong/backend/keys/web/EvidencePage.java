package io.zhitong.backend.keys.web;

import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.keys.EvidenceDesk;
import io.zhitong.keyapi.EvidenceFile;
import io.zhitong.keyapi.KeyServiceException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.server.ResponseStatusException;

/** What an examiner takes with him. */
@Controller
@Allowed({Role.KEY_OFFICER, Role.AUDITOR})
class EvidencePage {
    private final EvidenceDesk evidence;

    EvidencePage(EvidenceDesk evidence) {
        this.evidence = evidence;
    }

    @GetMapping("/keys/evidence.zip")
    void download(HttpServletResponse response) throws IOException {
        try {
            List<EvidenceFile> files = evidence.files();
            response.setContentType("application/zip");
            response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"evidence.zip\"");
            evidence.write(files, response.getOutputStream());
        } catch (KeyServiceException e) {
            throw new ResponseStatusException(
                    HttpStatus.SERVICE_UNAVAILABLE, e.reason().english(), e);
        }
    }
}
