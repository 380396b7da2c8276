;;; sayso.el --- Read sayso's findings in a compilation buffer  -*- lexical-binding: t -*-

;; Load this file, then M-x compile RET sayso check --format concise --color never RET.
;; M-x next-error goes from finding to finding; `note:' lines are the other places that matter.
;;
;; Emacs knows the shape already (its `gnu' entry), but that one stops at ": " and " -" in file names.

;;; Code:

(require 'compile)

(add-to-list 'compilation-error-regexp-alist-alist
             '(sayso
               "^\\(.+?\\):\\([0-9]+\\):\\([0-9]+\\): \\(?:error\\|\\(warning\\)\\|\\(note\\)\\): "
               1 2 3 (4 . 5)))

(setq compilation-error-regexp-alist
      (cons 'sayso (remq 'gnu compilation-error-regexp-alist)))

;; sayso counts characters; Emacs would count columns of the screen.
(setq compilation-error-screen-columns nil)

(provide 'sayso)
;;; sayso.el ends here
