;;; sayso-eglot.el --- Show sayso's findings while you write  -*- lexical-binding: t -*-

;;; Code:

(require 'eglot)
(require 'project)

(defun sayso-project (folder)
  "The project of FOLDER: the nearest folder above with a sayso.toml, if there is one."
  (let ((root (locate-dominating-file folder "sayso.toml")))
    (and root (cons 'transient root))))

(add-hook 'project-find-functions #'sayso-project)
(add-to-list 'eglot-server-programs '((text-mode markdown-mode org-mode rst-mode) . ("sayso" "lsp")))
(add-hook 'text-mode-hook #'eglot-ensure)

(provide 'sayso-eglot)
;;; sayso-eglot.el ends here
