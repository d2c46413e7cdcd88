DROP TABLE writing_views;
