-- sayso for the built-in LSP client of Neovim. The project is the folder with sayso.toml, or else the folder of the file.
local servers = {}

vim.api.nvim_create_autocmd("FileType", {
  pattern = { "asciidoc", "html", "markdown", "org", "rst", "tex", "text", "typst" },
  callback = function(event)
    local folder = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(event.buf), ":p:h")
    local marker = vim.fn.findfile("sayso.toml", folder .. ";")
    local root = marker ~= "" and vim.fn.fnamemodify(marker, ":p:h") or folder
    -- One server for each project.
    if not servers[root] or vim.lsp.client_is_stopped(servers[root]) then
      servers[root] = vim.lsp.start_client({ name = "sayso", cmd = { "sayso", "lsp" }, root_dir = root })
    end
    vim.lsp.buf_attach_client(event.buf, servers[root])
  end,
})
