;;; eglot.el --- What Emacs shows of sayso  -*- lexical-binding: t -*-

;; tests/editors.rs runs this in Emacs without a window, with a draft as argument. It prints what Emacs shows.

;;; Code:

(require 'flymake)

(defun check-wait (done)
  "Wait until DONE returns something, for at most 30 seconds, and return that."
  (let ((end (+ (float-time) 30)) found)
    (while (and (not (setq found (funcall done))) (< (float-time) end))
      (accept-process-output nil 0.05))
    found))

(find-file (pop command-line-args-left))
;; Without a window, Emacs does not reach the moment at which `eglot-ensure' connects.
(call-interactively #'eglot)
(check-wait #'flymake-diagnostics)
(dolist (one (flymake-diagnostics))
  (princ (format "diagnostic: %s in columns %d to %d\n"
                 (car (split-string (flymake-diagnostic-text one) ":"))
                 (1- (flymake-diagnostic-beg one))
                 (1- (flymake-diagnostic-end one)))))
(princ (format "project: %s\n" (file-name-nondirectory (directory-file-name (project-root (project-current))))))

;; The words of the other draft: nothing differs then.
(goto-char (point-min))
(search-forward "south")
(replace-match "north")
;; Emacs tells the server when it has been idle, which it never is without a window.
(eglot--signal-textDocument/didChange)
(princ (format "after the edit: %s\n"
               (if (check-wait (lambda () (null (flymake-diagnostics)))) "nothing" "still something")))
(set-buffer-modified-p nil)

;;; eglot.el ends here
