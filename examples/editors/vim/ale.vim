" sayso in ALE, by its language server. The project is the folder with sayso.toml, or else the folder of the file.
function! SaysoProject(buffer) abort
  let l:folder = expand('#' . a:buffer . ':p:h')
  let l:marker = findfile('sayso.toml', escape(l:folder, ' ,;') . ';')
  return empty(l:marker) ? l:folder : fnamemodify(l:marker, ':p:h')
endfunction

for s:type in ['asciidoc', 'html', 'markdown', 'plaintex', 'rst', 'tex', 'text']
  call ale#linter#Define(s:type, {
  \ 'name': 'sayso',
  \ 'lsp': 'stdio',
  \ 'executable': 'sayso',
  \ 'command': '%e lsp',
  \ 'project_root': function('SaysoProject'),
  \ })
endfor
" ALE runs no linter on plain text unless it is named.
let g:ale_linters = get(g:, 'ale_linters', {})
let g:ale_linters.text = get(g:ale_linters, 'text', []) + ['sayso']
